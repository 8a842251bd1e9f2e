"""A home in one file: made while it is in use, and checked before a home is made of it again."""
