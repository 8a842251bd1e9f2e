"""Measures of what is stored of documents, beside what their readers see."""
