"""The front ends, such as the `footnote` command line. They know people, never vectors."""

VERSION = "0.1.0"
