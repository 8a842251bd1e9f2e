"""Quote the documents: which units of their text answer, and with how much around them."""
