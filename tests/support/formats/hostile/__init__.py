"""Files that a hostile person might add, made harmless by low limits."""
