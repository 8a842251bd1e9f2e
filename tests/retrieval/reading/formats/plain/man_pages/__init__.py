"""Tests of manual pages."""
