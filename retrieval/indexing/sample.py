"""The built-in sample, which answers in a home without documents of its own, and then goes."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from retrieval.errors import FootnoteError
from retrieval.store.home import SAMPLE_PLACES, Home
from retrieval.store.library_store import LibraryStore
from retrieval.types import COMMON, SAMPLE, SAMPLE_LIBRARY, Added

from .remove import take_out


def remove_sample(home: Home, places: Sequence[str] = SAMPLE_PLACES) -> bool:
    """Remove the sample from some libraries; True where one held it.

    On a full disk it stays until the next time.
    """
    stores = map(home.store_of_any_model, filter(home.has, places))
    return sum(map(_remove_from, stores)) > 0


def wants_sample(home: Home) -> bool:
    """True for a home that has neither documents of its own nor the sample in its library.

    One that an older version put into `common` is removed.
    """
    if home.has_own_documents():
        return False
    remove_sample(home, [COMMON])
    return not home.has_sample([SAMPLE_LIBRARY])


def drop_sample(home: Home) -> bool:
    """Remove the sample from a home that has documents of its own; True if it was there."""
    return home.has_sample() and home.has_own_documents() and remove_sample(home)


def end_sample(home: Home, results: Iterator[Added]) -> Iterator[Added]:
    """The same results, each telling if the sample went with it."""
    for added in results:
        ended = added.document is not None and drop_sample(home)
        yield replace(added, ended_sample=True) if ended else added


def _remove_from(store: LibraryStore) -> bool:
    with suppress(FootnoteError), store.catalog.lock:  # two threads may both be about to remove it
        return bool(take_out(store, store.catalog.built_in(SAMPLE)))
    return False
