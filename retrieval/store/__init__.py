"""What a home keeps on disk: catalogs, full text, vectors and records."""
