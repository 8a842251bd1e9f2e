"""Decode text files, and guess encodings that nobody names."""
