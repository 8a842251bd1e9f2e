"""The chain from question to cited answer: condense, retrieve, judge, read, cite."""
