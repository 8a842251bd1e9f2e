"""What is kept of members: shown, handed out and deleted."""
