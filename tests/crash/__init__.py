"""Processes that are killed, and machines whose power is cut: what was acknowledged is all there.

`make crash` runs it in full: a process that adds, replaces, refreshes and removes documents is
killed at random moments, and every next one finds what it acknowledged.
"""
