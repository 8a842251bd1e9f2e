"""Answers that nobody asked the bot for, in watched forums and channels, and their settings."""
