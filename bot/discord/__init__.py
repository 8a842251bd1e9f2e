"""The Discord bot: its client, commands, conversations and messages."""
