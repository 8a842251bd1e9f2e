"""The reader: a small model that tells whether a passage answers a question, and where."""
