"""The chat reader: an answer written by a chat model, held to the passages that it cites."""
