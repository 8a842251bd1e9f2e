"""Whether a library's vectors are those of its catalog's passages, no more and no fewer."""

from dataclasses import dataclass

from .shelf import Shelf
from .stored import all_numbers


@dataclass(frozen=True, slots=True)
class Census:
    """A library counted: `missing` passages have no vector, `stray` vectors no passage."""

    documents: int
    passages: int
    missing: int
    stray: int


def take_census(shelf: Shelf) -> Census:
    """Counts a library's documents, passages and vectors."""
    documents = shelf.catalog.documents()
    kept = set(all_numbers(shelf.catalog.connection))
    indexed = shelf.index.numbers()
    return Census(len(documents), len(kept), len(kept - indexed), len(indexed - kept))
