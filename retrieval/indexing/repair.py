"""Vectors made good: those that are missing are made, and those of no passage are forgotten."""

from collections.abc import Callable, Sequence
from contextlib import closing

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.store.health import measure_size
from retrieval.store.library_store import Shelf
from retrieval.store.passages import all_numbers, answering_numbers, existing
from retrieval.store.unembedded import read_unembedded
from retrieval.store.vectors.base import VectorsError

from .embed_passages import embed_passages, ignore

# Passages embedded together: whoever closes the home waits for no more than these.
AT_ONCE = 64


def look_once(shelf: Shelf) -> None:
    """Has a library's vectors made good if some are missing, where nobody has looked for that yet.

    For whoever uses them: to look takes them into memory.
    """
    if shelf.index.whole is None and not is_whole(shelf):
        shelf.index.store.on_fault()


def is_whole(shelf: Shelf) -> bool:
    """Whether a library has as many vectors as passages that answer, the newest one's among them.

    False, too, where they can't be had. Whether they are those of all others, only `heal` tells.
    """
    with shelf.catalog.lock:
        turn, size = shelf.index.store.turn, measure_size(shelf).passages
        try:
            whole = shelf.index.count() == size and (not size or shelf.index.has(_newest(shelf)))
        except VectorsError:
            return False
        shelf.index.found(whole, turn)
        return whole


def _newest(shelf: Shelf) -> int:
    """The highest number of a passage: whoever had the library meanwhile gave out higher ones."""
    (newest,) = shelf.catalog.row("SELECT max(id) FROM passages")
    return int(newest)


def heal(shelf: Shelf, embedder: SentenceEmbedder, stopped: Callable[[], bool]) -> int:
    """Makes what is missing until that is done, or it is stopped; how many vectors it made.

    Nobody waits for it but for moments. Raises VectorsError where the vectors can't be had.
    """
    index, turn = shelf.index, shelf.index.store.turn
    # First what is there, then what should be: what comes or goes in between does no harm.
    there = index.numbers()
    with shelf.catalog.lock:
        index.remove(sorted(there.difference(all_numbers(shelf.catalog.connection))))
        missing = sorted(set(answering_numbers(shelf.catalog.connection)) - there)
    made = 0
    for first in range(0, len(missing), AT_ONCE):
        if stopped():
            return made
        made += _make(shelf, missing[first : first + AT_ONCE], embedder)
        if index.store.failure:
            break
    if index.store.failure or index.store.turn != turn:
        raise VectorsError(index.store.failure)
    index.found(whole=True, turn=turn)
    return made


def _make(shelf: Shelf, numbers: Sequence[int], embedder: SentenceEmbedder) -> int:
    with shelf.catalog.lock:
        passages = read_unembedded(shelf.catalog.connection, numbers)
    with closing(embed_passages(passages, embedder, ignore)) as made:
        vectors = {passage.id: embedded.passage for passage, embedded in made}
    with shelf.catalog.lock:
        # One that was deleted meanwhile must get no vector.
        there = sorted(existing(shelf.catalog.connection, list(vectors)))
        if there:
            shelf.index.put(there, np.stack([vectors[number] for number in there]))
    return len(there)
