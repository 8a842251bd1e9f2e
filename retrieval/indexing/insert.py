"""Insert documents into a library.

load → split → catalog (*pending*) → embed → vectors → *ready*. What is killed on the way is
swept out when the library is next opened; a document is in whole, or not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.store.disk import ROOM_TO_ADD
from retrieval.store.library_store import MODEL, UNDER_WAY, LibraryStore
from retrieval.store.lifecycle import (
    add_hyperlinks,
    add_links,
    add_passages,
    add_pending,
    discard,
    give_up,
    make_ready,
)
from retrieval.types import DocumentInfo

from .embed_passages import Progress, embed
from .prepare import Prepared

# Passages written at once: a question that comes then waits for no more than these.
AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Brought:
    """Documents that are in, by their versions, and the sources of what they replaced."""

    documents: Mapping[str, DocumentInfo]
    replaced: frozenset[str]


def bring_in(
    store: LibraryStore,
    prepared: Sequence[Prepared],
    embedder: SentenceEmbedder,
    progress: Progress,
) -> Brought:
    """Writes, embeds and makes ready; what had the same sources before is replaced in one step.

    The caller holds the locks on their versions. Raises FootnoteError where the library is being
    made anew, or the disk is full.
    """
    if not prepared:
        return Brought({}, frozenset())
    store.index.check_room(ROOM_TO_ADD)
    versions = [item.document.version for item in prepared]
    try:
        _enter(store, prepared)
        embed(store, versions, embedder, progress)
        return _open(store, versions)
    except BaseException as error:
        _give_up_after(error, store, versions)
        raise


def _give_up_after(error: BaseException, store: LibraryStore, versions: Sequence[str]) -> None:
    try:
        give_up(store, versions)
    except FootnoteError as another:
        # A full disk keeps from deleting, too. Nothing reads what is left, and the next opening
        # sweeps it out; what went wrong first is what is to be told.
        error.add_note(str(another))


def _enter(store: LibraryStore, prepared: Sequence[Prepared]) -> None:
    # Another thread may not be through with deleting what had the same content.
    give_up(store, [item.document.version for item in prepared])
    with store.catalog.lock:
        if store.catalog.setting(MODEL) == UNDER_WAY:
            raise FootnoteError(
                "The library {library} is being made anew. Try again when that is done.",
                library=repr(store.name),
            )
        add_pending(store.catalog, [item.document for item in prepared])
    for item in prepared:
        if item.links:
            add_links(store.catalog, item.document.version, item.links)
        if item.hyperlinks:
            add_hyperlinks(store.catalog, item.document.version, item.hyperlinks)
    passages = [(item.document, passage) for item in prepared for passage in item.passages]
    for first in range(0, len(passages), AT_ONCE):
        add_passages(store.catalog, passages[first : first + AT_ONCE])


def _open(store: LibraryStore, versions: Sequence[str]) -> Brought:
    with store.catalog.lock:
        replaced = make_ready(store.catalog, versions)
        found = (store.catalog.with_version(version) for version in versions)
        brought = Brought(
            {info.version: info for info in found if info is not None},
            frozenset(replaced.values()),
        )
    discard(store, list(replaced))
    return brought
