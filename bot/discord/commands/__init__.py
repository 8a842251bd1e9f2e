"""Slash commands and menus, one feature a module, and their registration with Discord."""
