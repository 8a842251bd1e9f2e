"""The prompts for a chat model, as text files an operator can read, edit and override.

A file is a template: what stands above the line `---` is the system's message, what stands below it
the member's, and `{names}` in braces are filled in. The quote reader, which answers with the
documents' own sentences, is told nothing: there is no model behind it.
"""
