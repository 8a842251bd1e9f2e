"""Measure what becomes of solved threads: found, forgotten, and read from a long history."""
