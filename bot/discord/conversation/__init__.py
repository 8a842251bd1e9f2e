"""Answers to messages: mentions, replies, threads and direct messages."""
