"""Tests of the records of what members wrote."""
