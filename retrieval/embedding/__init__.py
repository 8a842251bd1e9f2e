"""Vectors of questions, passages, sentences and word pieces."""
