"""Show a document's text as Discord can: paragraphs, headings, lists, steps, rows, code, links."""
