"""Processes of the program beside this one, and what they take."""
