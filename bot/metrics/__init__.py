"""Metrics and health, for an operator's monitoring."""
