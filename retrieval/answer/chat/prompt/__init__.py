"""The way of passages into a chat model's prompt, where all they say is data."""
