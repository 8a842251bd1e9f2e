"""Sentences, words, names, numbers and layout of plain text."""
