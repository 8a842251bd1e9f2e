"""Tests of `bot.discord.collections`."""
