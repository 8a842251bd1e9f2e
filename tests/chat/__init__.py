"""The chat reader."""
