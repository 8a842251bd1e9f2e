"""Candidates: the passages that the dense or the BM25 list of a library brings up, fused."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat

from retrieval.embedding.embedder import Vectors
from retrieval.store.inventory import look_once
from retrieval.store.library_store import LibraryStore, held
from retrieval.store.passages import StoredPassage, numbers_on_the_way, read_passages
from retrieval.store.vectors.vector_store import VectorsError

from .bm25 import best_matches
from .identifiers import passages_naming

# How many passages each of the two lists gives; what neither holds is not looked at again.
LISTED = 30
# The most of a list that is looked through for them while documents come and go.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was brought up; it has no cosine where only its words did so."""

    stored: StoredPassage
    cosine: float | None
    bm25: float


def find_candidates(
    stores: Sequence[LibraryStore],
    vector: Vectors,
    words: Sequence[str],
    totals: Sequence[int] | None = None,
    identifiers: Sequence[str] = (),
) -> list[Candidate]:
    """Find what the stores bring up for a question's vector and words, each in a single state.

    `totals` is how many passages each of them has, where that is known. What names one of the
    `identifiers` is brought up whatever else it says.
    """
    # Between the lists and the rows behind them nothing may be replaced, or a question would find
    # neither the old version nor the new.
    with held(stores):
        return [
            candidate
            for store, total in zip(stores, totals or repeat(None), strict=False)
            for candidate in _brought_up(store, vector, words, total, identifiers)
        ]


def _brought_up(
    store: LibraryStore,
    vector: Vectors,
    words: Sequence[str],
    total: int | None,
    identifiers: Sequence[str],
) -> Iterator[Candidate]:
    connection = store.catalog.connection
    passing = numbers_on_the_way(connection)
    # What is on its way in or out is in both lists, and must not take the place of what answers.
    listed = min(LISTED + len(passing), LONGEST)
    cosines = _first(_nearest(store, vector, listed).items(), passing)
    matches = _first(best_matches(connection, words, listed, total=total), passing)
    exact = dict.fromkeys(n for n in passages_naming(connection, identifiers) if n not in passing)
    for stored in read_passages(connection, list(cosines | matches | exact)):
        yield Candidate(stored, cosines.get(stored.id), matches.get(stored.id, 0.0))


def _nearest(store: LibraryStore, vector: Vectors, k: int) -> Mapping[int, float]:
    try:
        look_once(store)
        return store.index.nearest(vector, k)
    except VectorsError:
        return {}  # told, and seen to, by the place that keeps the vectors


def _first(found: Iterable[tuple[int, float]], passing: Collection[int]) -> dict[int, float]:
    answering = ((number, score) for number, score in found if number not in passing)
    return dict(islice(answering, LISTED))
