"""Tests of the libraries of a home."""
