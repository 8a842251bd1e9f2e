"""Read Markdown in its dialects: the text that a reader of the rendered page sees."""
