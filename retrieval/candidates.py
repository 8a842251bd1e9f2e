"""The passages that the dense or the BM25 list of a library brings up for a question."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from .embed import Vectors
from .fulltext import best_matches
from .shelf import Shelf
from .stored import StoredPassage, read_passages

# How many passages each of the two lists gives; what neither holds is not looked at again.
LISTED = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was brought up; it has no cosine where only its words did so."""

    stored: StoredPassage
    cosine: float | None
    bm25: float


def find_candidates(
    shelves: Sequence[Shelf], vector: Vectors, words: Sequence[str]
) -> list[Candidate]:
    """What the shelves bring up for a question's vector and words, each in a single state."""
    with ExitStack() as held:
        # Between the lists and the rows behind them nothing may be replaced, or a question would
        # find neither the old version nor the new. Always in the same order, so that two
        # questions never wait for each other.
        for shelf in sorted(shelves, key=lambda shelf: shelf.name):
            held.enter_context(shelf.catalog.lock)
        return [c for shelf in shelves for c in _brought_up(shelf, vector, words)]


def _brought_up(shelf: Shelf, vector: Vectors, words: Sequence[str]) -> Iterator[Candidate]:
    cosines = shelf.index.nearest(vector, LISTED)
    matches = dict(best_matches(shelf.catalog.connection, words, LISTED))
    for stored in read_passages(shelf.catalog.connection, list(cosines | matches)):
        yield Candidate(stored, cosines.get(stored.id), matches.get(stored.id, 0.0))
