"""Slash commands and menus, one feature a module or a room, and their registration."""
