"""Tests of what is kept of members."""
