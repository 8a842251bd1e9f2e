"""A text's paragraphs and sentences, each with its place in that text."""
