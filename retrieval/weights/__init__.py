"""Fitted weights that ship with Footnote, and a home's own calibration."""
