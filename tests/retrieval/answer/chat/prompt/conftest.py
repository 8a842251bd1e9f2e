"""Prompts are tried on libraries alone, without a model that answers."""

from tests.retrieval.conftest import house

__all__ = ["house"]
