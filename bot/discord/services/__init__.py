"""The libraries of servers, limits, and the services: shared by all of the bot in Discord."""
