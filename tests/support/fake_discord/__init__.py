"""Discord over real sockets, for the bot in a process of its own."""
