"""What members and moderators can call in Discord, one feature a module."""
