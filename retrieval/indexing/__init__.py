"""The way of a document into a library: receive, prepare, split, insert, embed."""
