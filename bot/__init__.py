"""The front ends, such as the `footnote` command line. They know people, never vectors."""
