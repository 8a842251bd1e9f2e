"""Benchmarks of the bot in Discord: its waits, and its answers that nobody asked it for."""
