"""Tests of what fetches pages, against servers on this machine and networks that don't exist."""
