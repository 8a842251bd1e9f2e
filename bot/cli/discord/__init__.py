"""The verbs that look at what goes on in Discord."""
