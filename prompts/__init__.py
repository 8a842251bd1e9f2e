"""What a chat model is told, as text files an operator can read, edit and override.

The quote reader, which answers with the documents' own sentences, is told nothing: there is no
model behind it. So there is nothing here yet but the place.
"""
