"""Hold what a chat model writes to the passages that it cites."""
