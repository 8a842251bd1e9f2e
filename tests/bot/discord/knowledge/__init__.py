"""Tests of what members solved, and of what is kept of them."""
