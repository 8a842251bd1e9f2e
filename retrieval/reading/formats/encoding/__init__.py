"""Decode text files, and guess encodings that aren't named."""
