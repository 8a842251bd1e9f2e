"""Documents out of a library without a trace: rows and vectors go together."""

from collections.abc import Collection, Sequence

from .catalog import delete, delete_passages, passages_going, unfinished, withdraw
from .library_store import Shelf

# Passages that are deleted at once: a question that comes then waits for no more than these.
AT_ONCE = 256


def discard(shelf: Shelf, documents: Sequence[str]) -> None:
    """Deletes those of some documents that are on their way out."""
    while documents and _discard_some(shelf, documents):
        pass


def _discard_some(shelf: Shelf, documents: Sequence[str]) -> bool:
    """Deletes some of their passages, or all and the documents too; whether any may be left."""
    with shelf.catalog.lock:
        numbers = passages_going(shelf.catalog, documents, AT_ONCE)
        # Vectors first: without their rows they could not be found.
        shelf.index.remove(numbers)
        if len(numbers) < AT_ONCE:
            delete(shelf.catalog, documents)
            return False
        delete_passages(shelf.catalog, numbers)
        return True


def give_up(shelf: Shelf, documents: Collection[str]) -> None:
    """Deletes those of some documents that are not ready, whether on their way in or out."""
    left = [document for document in unfinished(shelf.catalog) if document in documents]
    if left:
        withdraw(shelf.catalog, left, "pending")
        discard(shelf, left)


def sweep(shelf: Shelf) -> None:
    """Deletes all that is not ready: what was left half done by a process that is no more."""
    give_up(shelf, unfinished(shelf.catalog))
