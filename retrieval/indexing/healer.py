"""Who makes vectors good in the background, whenever some are missing or can't be had."""

import logging
from threading import Event, Lock, Thread

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.store.home import Home

from .repair import heal

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
        home.store.on_fault = self.wake
        if home.store.lost:
            self.wake()

    def wake(self) -> None:
        """Something is wrong, as far as anybody can tell."""
        with self._starting:
            self._wanted.set()
            running = self._thread is not None and self._thread.is_alive()
            if not running and not self._closed.is_set():
                self._thread = Thread(target=self._run, name="healer", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Ends what it is at: what it made is kept, and what is left is found the next time."""
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
        if self._home.store.failure:
            self._home.repair()
        for name in self._home.names():
            if self._closed.is_set():
                return
            self._heal(name)

    def _heal(self, name: str) -> None:
        shelf = self._home.shelf_of_any_model(name)
        whole = shelf.index.whole
        if whole or (whole is None and not self._all_suspected()):
            return
        if not self._home.is_current(shelf):
            return
        made = heal(shelf, self._embedder.twin, self._closed.is_set)
        if shelf.index.whole:
            logger.info("the vectors of %s are whole again, %s of them made anew", name, made)

    def _all_suspected(self) -> bool:
        """Whether what all libraries had may be gone, though nobody has looked."""
        return bool(self._home.store.lost or self._home.store.turn)
