"""One library on disk: its catalog and its vectors, side by side, and the locks on both."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Condition

from retrieval.embedding.embedder import Vectors
from retrieval.errors import FootnoteError
from retrieval.store.files.names import library_of_store
from retrieval.store.vectors.library_index import VectorIndex

from .catalog import Catalog
from .passages import existing


class KeyedLocks:
    """One lock per name, so that two threads never add the same document at once."""

    def __init__(self) -> None:
        self._free = Condition()
        self._claimed = set[str]()

    @contextmanager
    def on(self, names: Iterable[str]) -> Iterator[None]:
        """Hold the locks of all that is named, after waiting for threads that have some of them.

        A block locks nothing more inside: two that waited for each other would wait for ever.
        """
        wanted = frozenset(names)
        with self._free:
            self._free.wait_for(lambda: self._claimed.isdisjoint(wanted))
            self._claimed |= wanted
        try:
            yield
        finally:
            with self._free:
                self._claimed -= wanted
                self._free.notify_all()


# The catalog's setting that names the model the vectors were made with.
MODEL = "embedding_model"
# In the place of that name while the vectors are being made anew.
UNDER_WAY = "(reindexing)"
# What both a file name and a Chroma collection's name may be.
NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
# A collection that not everybody may read is a store of its own, called after its library and a
# number that is never given again: one that is gone must not come back as another.
COLLECTION = re.compile(rf"{NAME.pattern}\.[0-9a-f]{{8}}")
# The catalog's setting that says what people call the collection.
CALLED = "collection"


@dataclass(frozen=True, slots=True)
class LibraryStore:
    """A library by name, with the catalog and the vectors that hold it.

    The vectors are read and changed only while the catalog's lock is held, so that the two agree;
    `claims` are on versions of documents that are on their way in.
    """

    name: str
    catalog: Catalog
    index: VectorIndex
    claims: KeyedLocks = field(default_factory=KeyedLocks)

    @property
    def library(self) -> str:
        """The library that it belongs to, which is itself unless it is a collection of one."""
        return library_of_store(self.name)

    def put_vectors(self, numbers: Sequence[int], vectors: Vectors) -> set[int]:
        """Keep the vectors (n, dim) of those of the numbered passages that are there; return which.

        One that was deleted meanwhile must get none: without its row nothing would ever find it.
        """
        with self.catalog.lock:
            there = existing(self.catalog.connection, numbers)
            kept = [place for place, number in enumerate(numbers) if number in there]
            if kept:
                self.index.put([numbers[place] for place in kept], vectors[kept])
        return there


@contextmanager
def held(stores: Sequence[LibraryStore]) -> Iterator[None]:
    """Keep some libraries as they are until the block ends. For moments only."""
    with ExitStack() as locks:
        # Always in the same order, so that two threads never wait for each other.
        for store in sorted(stores, key=lambda store: store.name):
            locks.enter_context(store.catalog.lock)
        yield


def main_language(store: LibraryStore) -> str:
    """The language of most documents of a library, "" while it has none."""
    return next(iter(store.catalog.languages()), "")


def is_collection(name: str) -> bool:
    """True for the store of a collection that not everybody may read."""
    return COLLECTION.fullmatch(name) is not None


def check_name(name: str) -> str:
    """The name of a library, or of a collection's store, if it can be one. Raises FootnoteError
    otherwise."""
    if not NAME.fullmatch(name) and not is_collection(name):
        raise FootnoteError(
            f"A library can't be called {name!r}: use 3 to 63 small letters, digits and hyphens."
        )
    return name
