"""Training of the reader that comes with Footnote: its data, the training itself, the export."""
