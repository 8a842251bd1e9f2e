"""Repair vectors: make those that are missing, and forget those of no passage.

The `Healer` does so in the background, whenever some are missing or can't be had.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from threading import Event, Lock, Thread

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.store.home import Home
from retrieval.store.library_store import LibraryStore
from retrieval.store.passages import all_numbers, answering_numbers, read_unembedded
from retrieval.store.vectors.vector_store import VectorsError

from .embed_passages import embed_passages, ignore

# Passages embedded together: closing the home waits for no more than these.
AT_ONCE = 64


def heal(store: LibraryStore, embedder: SentenceEmbedder, stopped: Callable[[], bool]) -> int:
    """Make what is missing until that is done, or it is stopped, and return how many vectors.

    Other threads wait for it for moments only. Raises VectorsError where the vectors can't be had.
    """
    index, turn = store.index, store.index.store.turn
    # First what is there, then what should be: what comes or goes in between does no harm.
    there = index.numbers()
    with store.catalog.lock:
        index.remove(sorted(there.difference(all_numbers(store.catalog.connection))))
        missing = sorted(set(answering_numbers(store.catalog.connection)) - there)
    made = 0
    for first in range(0, len(missing), AT_ONCE):
        if stopped():
            return made
        made += _make(store, missing[first : first + AT_ONCE], embedder)
        if index.store.failure:
            break
    if index.store.failure or index.store.turn != turn:
        raise VectorsError(index.store.failure)
    index.found(whole=True, turn=turn)
    return made


def _make(store: LibraryStore, numbers: Sequence[int], embedder: SentenceEmbedder) -> int:
    with store.catalog.lock:
        passages = read_unembedded(store.catalog.connection, numbers)
    with closing(embed_passages(passages, embedder, ignore)) as made:
        vectors = {passage.id: embedded.passage for passage, embedded in made}
    if not vectors:
        return 0
    return len(store.put_vectors(list(vectors), np.stack(list(vectors.values()))))


logger = logging.getLogger(__name__)

# Seconds until it is tried again, at first and at most: twice as long each time it was of no use.
FIRST, LONGEST = 1.0, 60.0


class Healer:
    """A thread that puts the vectors of a home in order; there is none until that is needed."""

    def __init__(self, home: Home, embedder: SentenceEmbedder) -> None:
        self._home = home
        self._embedder = embedder
        self._thread: Thread | None = None
        self._starting = Lock()
        self._wanted, self._closed = Event(), Event()

    def wake(self) -> None:
        """Ask the repair thread to check the vectors."""
        with self._starting:
            self._wanted.set()
            running = self._thread is not None and self._thread.is_alive()
            if not running and not self._closed.is_set():
                self._thread = Thread(target=self._run, name="healer", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End what it is at: what it made is kept, and what is left is found the next time."""
        with self._starting:
            self._closed.set()
            self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        pause = FIRST
        while not self._closed.is_set():
            self._wanted.wait()
            self._wanted.clear()
            try:
                self._put_in_order()
                pause = FIRST
            except (FootnoteError, OSError) as error:
                # The bot goes on without: it is told once, and then tried until it can be done.
                logger.log(logging.WARNING if pause == FIRST else logging.DEBUG, "%s", error)
                self._wanted.set()
                self._closed.wait(pause)
                pause = min(2 * pause, LONGEST)

    def _put_in_order(self) -> None:
        if self._home.vectors.failure:
            self._home.repair()
        for name in self._home.names():
            if self._closed.is_set():
                return
            self._heal(name)

    def _heal(self, name: str) -> None:
        store = self._home.store_of_any_model(name)
        whole = store.index.whole
        if whole or (whole is None and not self._all_suspected()):
            return
        if not self._home.is_current(store):
            return
        made = heal(store, self._embedder.twin, self._closed.is_set)
        if store.index.whole:
            logger.info("the vectors of %s are whole again, %s of them made anew", name, made)

    def _all_suspected(self) -> bool:
        """True if what all libraries had may be gone, though it has not been looked at."""
        return bool(self._home.vectors.lost or self._home.vectors.turn)
