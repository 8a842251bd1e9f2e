"""Check a library: its size, its vectors against its passages, and the clock against its dates."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .library_store import LibraryStore
from .passages import all_numbers, count_passages, numbers_on_the_way
from .vectors.vector_store import VectorsError


@dataclass(frozen=True, slots=True)
class Size:
    """The numbers of documents and passages of a library that answer."""

    documents: int = 0
    passages: int = 0


def measure_size(store: LibraryStore) -> Size:
    """A library's size, told from its catalog alone, without going through what it holds."""
    with store.catalog.lock:
        (documents,) = store.catalog.row("SELECT count(*) FROM documents WHERE state = 'ready'")
        passages = count_passages(store.catalog.connection)
        return Size(documents, passages - len(numbers_on_the_way(store.catalog.connection)))


def look_once(store: LibraryStore) -> None:
    """Have a library's vectors repaired if some are missing, unless that has been checked already.

    Called before vectors are used, not sooner: to look takes them into memory.
    """
    if store.index.whole is None and not is_whole(store):
        store.index.store.on_fault()


def is_whole(store: LibraryStore) -> bool:
    """True if a library has as many vectors as passages that answer, the newest one's among them.

    False, too, where they can't be had. That they are those of all the others, only `heal` tells.
    """
    with store.catalog.lock:
        turn, size = store.index.store.turn, measure_size(store).passages
        try:
            whole = store.index.count() == size and (not size or store.index.has(_newest(store)))
        except VectorsError:
            return False
        store.index.found(whole, turn)
        return whole


def _newest(store: LibraryStore) -> int:
    """The highest number of a passage, whichever process gave it out."""
    (newest,) = store.catalog.row("SELECT max(id) FROM passages")
    return int(newest)


@dataclass(frozen=True, slots=True)
class Census:
    """A library counted: `missing` passages have no vector, `stray` vectors no passage."""

    documents: int
    passages: int
    missing: int
    stray: int


def take_census(store: LibraryStore) -> Census:
    """Count a library's documents, passages and vectors, but for what comes or goes just now."""
    with store.catalog.lock:
        size = measure_size(store)
        passing = numbers_on_the_way(store.catalog.connection)
        kept = set(all_numbers(store.catalog.connection)) - passing
        indexed = store.index.numbers() - passing
    return Census(size.documents, len(kept), len(kept - indexed), len(indexed - kept))


# Clocks of different machines, and of one before and after it was set, differ by a little.
TOLERANCE = timedelta(minutes=10)


def clock_is_behind(newest: str | None, now: datetime) -> bool:
    """True if the time, in UTC, is before that at which a document was added, in ISO 8601.

    One of the two was wrong. Nothing depends on it but what dates are shown, and which day's budget
    a question is taken from.
    """
    return newest is not None and datetime.fromisoformat(newest) > now + TOLERANCE
