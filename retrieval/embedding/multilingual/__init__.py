"""The multilingual model as a package carries it: its weights, and how it spells."""
