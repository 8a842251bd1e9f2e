"""Tests of what is answered unasked."""
