"""The built-in sample, which answers in a home without documents of its own, and then goes."""

from collections.abc import Sequence
from contextlib import suppress

from retrieval.errors import FootnoteError
from retrieval.reading.source import SAMPLE
from retrieval.store.home import Home
from retrieval.store.library_store import LibraryStore
from retrieval.types import COMMON, SAMPLE_LIBRARY

from .remove import take_out

# Older versions added the sample to `common`.
PLACES = (COMMON, SAMPLE_LIBRARY)


def has_own_documents(home: Home) -> bool:
    """Return True where any library holds a document that did not come with Footnote."""
    names = sorted(home.names(), key=lambda name: name != COMMON)  # where most homes have them
    return any(home.store_of_any_model(name).catalog.has_own() for name in names)


def has_sample(home: Home, places: Sequence[str] = PLACES) -> bool:
    """Return True where one of some libraries holds the sample."""
    return any(
        home.store_of_any_model(name).catalog.built_in(SAMPLE) for name in filter(home.has, places)
    )


def remove_sample(home: Home, places: Sequence[str] = PLACES) -> bool:
    """Remove the sample from some libraries; True where one held it.

    On a full disk it stays until the next time.
    """
    stores = map(home.store_of_any_model, filter(home.has, places))
    return sum(map(_remove_from, stores)) > 0


def _remove_from(store: LibraryStore) -> bool:
    with suppress(FootnoteError), store.catalog.lock:  # two threads may both be about to remove it
        return bool(take_out(store, store.catalog.built_in(SAMPLE)))
    return False
