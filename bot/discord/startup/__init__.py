"""Start the bot: look it up at Discord, connect, say what was found, and end in good order."""
