"""Read reStructuredText: the text that a reader of the rendered page sees."""
