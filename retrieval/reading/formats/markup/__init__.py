"""Read markup languages other than Markdown and HTML: the text that a reader of the page sees."""
