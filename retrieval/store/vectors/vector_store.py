"""A place that keeps vectors, and may fail: then nothing waits for it, and all goes on without."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock

from chromadb import Collection
from chromadb.api import ServerAPI
from chromadb.errors import ChromaError
from httpx import HTTPError

from retrieval.errors import FootnoteError
from retrieval.store.disk import ROOM

logger = logging.getLogger(__name__)

MEANWHILE = "%s Until that is mended, answers come from the full text alone."


class VectorsError(FootnoteError):
    """Vectors can't be had at the moment, nor changed."""


class VectorStore(ABC):
    """The place of all vectors of a home. Any thread may use it, but for `repair` and `close`: no
    other may be using it meanwhile."""

    # Chroma, in this process or elsewhere. Not through its `Client`: what that could not open, it
    # keeps for the next try.
    api: ServerAPI

    def __init__(self) -> None:
        # Why nothing can be had of it at the moment, in a sentence, or "".
        self.failure = ""
        # How often it was put in order again: of what was there before, nothing is known since.
        self.turn = 0
        # Why all it held had to be given up, in a sentence, or "".
        self.lost = ""
        # Called when something wants mending.
        self.on_fault: Callable[[], None] = lambda: None
        self._failing = Lock()

    @contextmanager
    def using(self) -> Iterator[None]:
        """Raise what fails in the block as VectorsError, and everything from then on."""
        if self.failure:
            raise VectorsError(self.failure)
        try:
            yield
        except (ChromaError, HTTPError) as error:
            raise VectorsError(self._fail(error)) from error

    def _fail(self, error: Exception) -> str:
        failure = self.explain(error)
        with self._failing:
            known, self.failure = self.failure, failure
        if not known:
            logger.warning(MEANWHILE, failure)
            self.on_fault()
        return failure

    def mended(self) -> None:
        """Mark the store healthy; collections opened earlier are reopened on next use."""
        with self._failing:
            self.failure = ""
            self.turn += 1

    @property
    @abstractmethod
    def where(self) -> str:
        """The place of the vectors, for people."""

    @abstractmethod
    def repair(self) -> None:
        """Put it in order, with or without what it held. Raises VectorsError if it can't yet."""

    @abstractmethod
    def explain(self, error: Exception) -> str:
        """The failure in a sentence."""

    def collection(self, library: str) -> Collection:
        """A library's vectors, by cosine; made where they are missing."""
        model = self.api.get_or_create_collection(
            self.name(library), configuration={"hnsw": {"space": "cosine"}}
        )
        return Collection(client=self.api, model=model, embedding_function=None)

    def drop(self, library: str) -> None:
        """Forget a library's vectors, their dimension too."""
        # Where there are none, there is nothing to be forgotten.
        self.api.get_or_create_collection(self.name(library))
        self.api.delete_collection(self.name(library))

    def name(self, library: str) -> str:
        """The name of a library's collection."""
        return library

    @abstractmethod
    def changing(self, room: int = ROOM) -> AbstractContextManager[None]:
        """Make what the block changes safe by its end.

        Raises FootnoteError where there is not so much room.
        """

    @abstractmethod
    def forget_deleted(self, library: str) -> bool:
        """Leave no vector that a library had overwritten in what is kept of it.

        False where that can't be done now. No other thread may be using any meanwhile. Raises
        VectorsError where they can't be had.
        """

    @abstractmethod
    def check_room(self, room: int = ROOM) -> None:
        """Raises FootnoteError where there are not so many bytes of room for a change."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""
