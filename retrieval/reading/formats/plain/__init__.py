"""Read formats that are text: plain text, Markdown, reStructuredText, CSV, JSON."""
