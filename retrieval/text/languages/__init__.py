"""Languages: which one a text is in, and what its words are by the rules of that language."""
