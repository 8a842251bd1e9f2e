"""Move documents to another collection: they are brought in there, and only then taken out here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.indexing.embed_passages import Progress
from retrieval.indexing.insert import bring_in
from retrieval.indexing.prepare import Prepared, cut
from retrieval.indexing.remove import drop, find_document
from retrieval.reading.outline import read_outline
from retrieval.store.library_store import LibraryStore
from retrieval.store.lifecycle import NewDocument, keep_id
from retrieval.store.sources.places import leave_out
from retrieval.store.sources.sources import copy_source, forget_source
from retrieval.types import DocumentInfo, Hyperlink, SourceInfo

from .known import sources_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A document where it is now; `stayed` is true where it was there before."""

    document: DocumentInfo
    stayed: bool = False


def move_all(
    stores: Sequence[LibraryStore],
    target: LibraryStore,
    ids: Sequence[str],
    embedder: SentenceEmbedder,
    progress: Progress,
) -> Iterator[Moved]:
    """Move documents, by their own ids or that of the source that they came from.

    All ids are looked up before anything is moved. Raises FootnoteError where one is unknown.
    """
    found = [_found(stores, id) for id in ids]
    return (
        moved
        for store, what in found
        for moved in (
            _move_source(store, target, what, embedder, progress)
            if isinstance(what, SourceInfo)
            else [_move(store, target, what, embedder, progress, alone=True)]
        )
    )


def _found(
    stores: Sequence[LibraryStore], id: str
) -> tuple[LibraryStore, DocumentInfo | SourceInfo]:
    documents = [(store, found) for store in stores for found in store.catalog.beginning(id)]
    if len(documents) == 1:
        return documents[0]
    if documents and len({store.name for store, _ in documents}) > 1:
        raise FootnoteError(f"{id!r} is in several collections: say which with --from.")
    sources = [
        (store, source)
        for store in stores
        for source in sources_of(store)
        if id and source.id.startswith(id) and source.place
    ]
    if len(sources) == 1 and not documents:
        return sources[0]
    return stores[0], find_document(stores[0], id)  # which says why there is none


def _move_source(
    store: LibraryStore,
    target: LibraryStore,
    source: SourceInfo,
    embedder: SentenceEmbedder,
    progress: Progress,
) -> Iterator[Moved]:
    """Move a folder, a site or an archive with all that was read there."""
    if store.name == target.name:
        return
    # From here on a sync looks at it there, and no longer here: cut off now, it is looked at once
    # more there, and nothing comes back here.
    copy_source(store.catalog, target.catalog, source.id)
    for id in forget_source(store.catalog, source.id):
        if (document := store.catalog.document(id)) is not None:
            yield _move(store, target, document, embedder, progress, alone=False)


def _move(
    store: LibraryStore,
    target: LibraryStore,
    document: DocumentInfo,
    embedder: SentenceEmbedder,
    progress: Progress,
    alone: bool,
) -> Moved:
    if store.name == target.name:
        return Moved(document, stayed=True)
    if store.catalog.is_arriving(document.id):
        raise FootnoteError(
            "{document} is still being added; try again when it is done.", document=document.title
        )
    with target.claims.on([document.version]):
        known = target.catalog.with_version(document.version)
        if known is None or known.state != "ready":
            prepared = _prepared(store, document.version, embedder)
            bring_in(target, [prepared], embedder, progress)
            keep_id(target.catalog, document.version, document.id)
    drop(store, [document.id])
    if alone:  # the folder that it came from must not bring it back here
        leave_out(store.catalog, [document.id])
    now = target.catalog.with_version(document.version)
    assert now is not None
    return Moved(now)


def _prepared(store: LibraryStore, version: str, embedder: SentenceEmbedder) -> Prepared:
    """The version as it is, to be inserted elsewhere."""
    names = [field.name for field in fields(NewDocument)]
    with store.catalog.lock:
        row = store.catalog.row(
            f"SELECT {', '.join(names)} FROM documents WHERE version = ?", [version]
        )
        links = store.catalog.rows("SELECT start, address FROM links WHERE document = ?", [version])
        seen = store.catalog.rows(
            'SELECT start, "end", address FROM hyperlinks WHERE document = ?', [version]
        )
    known: dict[str, Any] = dict(zip(names, row, strict=True))
    known["title_given"] = bool(known["title_given"])
    outline = read_outline(*(known[name] for name in ("kind", "parts", "headings", "rows")))
    passages = cut(known["text"], outline, embedder, known["language"])
    hyperlinks = tuple(Hyperlink(*row) for row in seen)
    return Prepared(NewDocument(**known), tuple(passages), dict(links), hyperlinks)
