"""A home on disk: catalogs, full text, vectors and records."""
