"""A server's own documents: list, add, refresh and remove them, a feature a module."""
