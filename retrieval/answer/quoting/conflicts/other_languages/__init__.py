"""The facts of statements in other languages than English, each by a table of its own."""
