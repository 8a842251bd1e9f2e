"""Read markup languages other than Markdown: AsciiDoc, LaTeX, MediaWiki, Org, notebooks."""
