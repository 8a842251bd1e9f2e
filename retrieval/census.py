"""Whether a library's vectors are those of its catalog's passages, no more and no fewer."""

from dataclasses import dataclass

from .shelf import Shelf
from .stored import all_numbers, numbers_on_the_way


@dataclass(frozen=True, slots=True)
class Census:
    """A library counted: `missing` passages have no vector, `stray` vectors no passage."""

    documents: int
    passages: int
    missing: int
    stray: int


def take_census(shelf: Shelf) -> Census:
    """Counts a library's documents, passages and vectors, but for what comes or goes just now."""
    with shelf.catalog.lock:
        documents = [info for info in shelf.catalog.documents() if info.state == "ready"]
        passing = numbers_on_the_way(shelf.catalog.connection)
        kept = set(all_numbers(shelf.catalog.connection)) - passing
        indexed = shelf.index.numbers() - passing
    return Census(len(documents), len(kept), len(kept - indexed), len(indexed - kept))
