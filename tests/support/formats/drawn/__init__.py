"""Files that are drawn: PDFs, pages laid out in columns and tables, and pictures of text."""
