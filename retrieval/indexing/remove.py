"""The documents of one library by their ids: found, read, taken out, and what stands in them."""

from collections.abc import Sequence

from retrieval.errors import FootnoteError
from retrieval.store.catalog import withdraw
from retrieval.store.discard import discard
from retrieval.store.library_store import LibraryStore
from retrieval.types import DocumentInfo


def find_document(store: LibraryStore, id: str) -> DocumentInfo:
    """One document. Raises FootnoteError where there is none with that id."""
    found = store.catalog.document(id)
    if found is None:
        raise _unknown(store, id)
    return found


def read_text(store: LibraryStore, id: str) -> str:
    """The stored text of a document, whole. Raises FootnoteError where there is none."""
    text = store.catalog.text(id)
    if text is None:
        raise _unknown(store, id)
    return text


def _unknown(store: LibraryStore, id: str) -> FootnoteError:
    return FootnoteError(
        f"There is no document {id!r} in the library {store.name!r}. `footnote list` shows the ids."
    )


def take_out(store: LibraryStore, ids: Sequence[str]) -> list[DocumentInfo]:
    """Removes documents; from the first step on they no longer answer. Returns what they were.

    Raises FootnoteError, with none removed, where one isn't there or is still being added, or the
    disk is full.
    """
    with store.catalog.lock:
        documents = [find_document(store, id) for id in dict.fromkeys(ids)]
        for document in documents:
            if document.state == "pending":
                raise FootnoteError(
                    f"The document {document.id!r} is still being added; try again when it is done."
                )
        # From the first step on there is no way back.
        store.index.check_room()
        withdraw(store.catalog, [document.id for document in documents])
    discard(store, [document.id for document in documents])
    return documents
