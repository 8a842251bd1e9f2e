"""Read formats that are text: Markdown, reStructuredText, CSV, JSON."""
