"""The documents of one library by their ids, or the beginnings of them: found, read, removed."""

from collections.abc import Sequence

from retrieval.errors import FootnoteError
from retrieval.store.catalog import DELETED
from retrieval.store.library_store import LibraryStore
from retrieval.store.lifecycle import discard, overwrite, withdraw
from retrieval.store.sources.places import leave_out
from retrieval.types import DocumentInfo

# Characters of an id that are enough where no other begins with them. Fewer are a slip of the hand.
ENOUGH = 4
# Documents that are named where several begin alike.
NAMED = 5


def find_document(store: LibraryStore, id: str) -> DocumentInfo:
    """The document with an id, or the only one whose id begins so.

    Raises FootnoteError where there is none, or more than one.
    """
    with store.catalog.lock:
        whole = store.catalog.document(id)
        begun = [] if whole or not id else store.catalog.beginning(id)
    if whole is not None:
        return whole
    if begun and len(id) < ENOUGH:
        raise FootnoteError(
            f"{id!r} is too short for an id: give its first {ENOUGH} characters, or more."
        )
    if len(begun) > 1:
        raise FootnoteError(_ambiguous(store, id, begun))
    if not begun:
        raise FootnoteError(
            "There is no document {id} in the library {library}. `footnote list` shows the ids.",
            id=repr(id),
            library=repr(store.name),
        )
    return begun[0]


def _ambiguous(store: LibraryStore, id: str, begun: Sequence[DocumentInfo]) -> str:
    named = ", ".join(f"{document.id} ({document.title})" for document in begun[:NAMED])
    others = f" and {len(begun) - NAMED} others" if len(begun) > NAMED else ""
    return (
        f"{len(begun)} documents in the library {store.name!r} have ids that begin with {id!r}: "
        f"{named}{others}. Give more of the one you mean."
    )


def read_text(store: LibraryStore, id: str) -> str:
    """The stored text of a document, whole. Raises FootnoteError as above."""
    with store.catalog.lock:
        return store.catalog.text(find_document(store, id).version) or ""


def take_out(store: LibraryStore, ids: Sequence[str]) -> list[DocumentInfo]:
    """Remove documents for a person: a sync does not bring them back. As `drop` otherwise."""
    documents = drop(store, ids)
    leave_out(store.catalog, [document.id for document in documents])
    return documents


def drop(store: LibraryStore, ids: Sequence[str]) -> list[DocumentInfo]:
    """Remove documents; from the first step on they no longer answer. Returns what they were.

    What the files still hold of them goes by `Home.forget_deleted`. Raises FootnoteError, with none
    removed, where one isn't there or is still being added, or the disk is full.
    """
    with store.catalog.lock:
        documents = removable(store, ids)
        # From the first step on there is no way back.
        store.index.check_room()
        versions = [document.version for document in documents]
        store.catalog.remember(DELETED, "1")
        withdraw(store.catalog, versions)
    overwrite(store, versions)
    discard(store, versions)
    return documents


def removable(store: LibraryStore, ids: Sequence[str]) -> list[DocumentInfo]:
    """The documents with some ids, each once. Raises FootnoteError as `drop` does for ids."""
    with store.catalog.lock:
        found = (find_document(store, id) for id in ids)
        documents = list({document.id: document for document in found}.values())
        for document in documents:
            if store.catalog.is_arriving(document.id):
                raise FootnoteError(
                    "The document {id} is still being added; try again when it is done.",
                    id=repr(document.id),
                )
    return documents
