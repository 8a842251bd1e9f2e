"""Documents out of a library without a trace: rows and vectors go together."""

from collections.abc import Collection, Sequence

from .catalog import delete, delete_passages, passages_going, unfinished, withdraw
from .library_store import LibraryStore

# Passages that are deleted at once: a question that comes then waits for no more than these.
AT_ONCE = 256


def discard(store: LibraryStore, documents: Sequence[str]) -> None:
    """Deletes those of some documents that are on their way out."""
    while documents and _discard_some(store, documents):
        pass


def _discard_some(store: LibraryStore, documents: Sequence[str]) -> bool:
    """Deletes some of their passages, or all and the documents too; whether any may be left."""
    with store.catalog.lock:
        numbers = passages_going(store.catalog, documents, AT_ONCE)
        # Vectors first: without their rows they could not be found.
        store.index.remove(numbers)
        if len(numbers) < AT_ONCE:
            delete(store.catalog, documents)
            return False
        delete_passages(store.catalog, numbers)
        return True


def give_up(store: LibraryStore, documents: Collection[str]) -> None:
    """Deletes those of some documents that are not ready, whether on their way in or out."""
    left = [document for document in unfinished(store.catalog) if document in documents]
    if left:
        withdraw(store.catalog, left, "pending")
        discard(store, left)


def sweep(store: LibraryStore) -> None:
    """Deletes all that is not ready: what was left half done by a process that is no more."""
    give_up(store, unfinished(store.catalog))
