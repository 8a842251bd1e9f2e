"""Tests of what documents say otherwise than others."""
