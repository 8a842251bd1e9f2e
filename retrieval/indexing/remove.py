"""The documents of one library by their ids: found, read, taken out, and what stands in them."""

from collections.abc import Sequence

from retrieval.errors import FootnoteError
from retrieval.store.catalog import withdraw
from retrieval.store.discard import discard
from retrieval.store.library_store import Shelf
from retrieval.types import DocumentInfo


def find_document(shelf: Shelf, id: str) -> DocumentInfo:
    """One document. Raises FootnoteError where there is none with that id."""
    found = shelf.catalog.document(id)
    if found is None:
        raise _unknown(shelf, id)
    return found


def read_text(shelf: Shelf, id: str) -> str:
    """The stored text of a document, whole. Raises FootnoteError where there is none."""
    text = shelf.catalog.text(id)
    if text is None:
        raise _unknown(shelf, id)
    return text


def _unknown(shelf: Shelf, id: str) -> FootnoteError:
    return FootnoteError(
        f"There is no document {id!r} in the library {shelf.name!r}. `footnote list` shows the ids."
    )


def take_out(shelf: Shelf, ids: Sequence[str]) -> list[DocumentInfo]:
    """Removes documents; from the first step on they no longer answer. Returns what they were.

    Raises FootnoteError, with none removed, where one isn't there or is still being added, or the
    disk is full.
    """
    with shelf.catalog.lock:
        documents = [find_document(shelf, id) for id in dict.fromkeys(ids)]
        for document in documents:
            if document.state == "pending":
                raise FootnoteError(
                    f"The document {document.id!r} is still being added; try again when it is done."
                )
        # From the first step on there is no way back.
        shelf.index.check_room()
        withdraw(shelf.catalog, [document.id for document in documents])
    discard(shelf, [document.id for document in documents])
    return documents
