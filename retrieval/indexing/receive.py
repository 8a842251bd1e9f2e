"""Fetch one source, deduplicate it against what the library holds, and only then read and cut it.

Of content that is known, only a new title, or an older version from the same source, is news.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.reading.document_title import given_title
from retrieval.reading.intake import Intake
from retrieval.reading.load import load
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import Source, collection_in, sources_in
from retrieval.store.library_store import LibraryStore
from retrieval.store.lifecycle import discard, withdraw
from retrieval.types import Added, DocumentInfo

from .embed_passages import embed, ignore
from .prepare import Prepared, prepare, version_of


@dataclass(frozen=True, slots=True)
class Content:
    """A source as it was read: the version, and the title that a person gave, or ""."""

    version: str
    source: str
    title: str


def recognise(
    store: LibraryStore, content: Content, embedder: SentenceEmbedder
) -> DocumentInfo | None:
    """The document that holds this content already, or None where it is to be added.

    A title that was given is taken over, and an older version from the same source goes. The
    caller holds the lock on the version: while another thread adds it, it is not known if it will
    be there.
    """
    with store.catalog.lock:
        known = store.catalog.with_version(content.version)
        if known is None or known.state != "ready":
            return None
        retitled = bool(content.title) and content.title != known.title
        if retitled:
            store.catalog.retitle(known.version, content.title)
        at_source = store.catalog.at_source(content.source)
        older = [version for version in at_source if version != known.version]
        if older:
            withdraw(store.catalog, older)
    discard(store, older)
    if retitled:
        embed(store, [known.version], embedder, ignore)  # which has read the old title
    return replace(known, title=content.title) if retitled else known


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that has been read and cut; `name` is what its source is called."""

    name: str
    content: Content
    prepared: Prepared


def arrivals(
    store: LibraryStore, source: Source, intake: Intake, embedder: SentenceEmbedder, added_by: str
) -> Iterator[tuple[Source, Added | Arrival]]:
    """A source with what `receive` says of it; an archive's documents, each as a source, and at
    last the archive itself."""
    try:
        raw = source.fetch(intake)
        collection = collection_in(source, raw) if raw is not None else None
    except FootnoteError as error:
        yield source, Added(source.name, error=str(error))
        return
    if collection is None:
        yield source, receive(store, source, raw, intake, embedder, added_by)
        return
    for each in sources_in(collection):
        yield each, fetch_and_receive(store, each, intake, embedder, added_by)
    yield source, Added(source.name, left_out=str(collection.left_out))


def fetch_and_receive(
    store: LibraryStore, source: Source, intake: Intake, embedder: SentenceEmbedder, added_by: str
) -> Added | Arrival:
    """As `receive`, for a source that has not been fetched yet and is no archive."""
    try:
        raw = source.fetch(intake)
    except FootnoteError as error:
        return Added(source.name, error=str(error))
    return receive(store, source, raw, intake, embedder, added_by)


def receive(
    store: LibraryStore,
    source: Source,
    raw: RawDocument | None,
    intake: Intake,
    embedder: SentenceEmbedder,
    added_by: str,
) -> Added | Arrival:
    """A source's document where it is new, or else what became of the source; `raw` is what it
    gave when it was fetched."""
    try:
        if raw is None:
            return _as_before(store, source)
        known = store.catalog.with_bytes(raw.sha256)  # which need not be read again
        if known and (found := _recognised(store, source, raw, known, embedder)):
            return found
        parts = load(raw, intake.parsers)
        version = version_of(parts)
        if found := _recognised(store, source, raw, version, embedder):
            return found
        content = Content(version, raw.source, given_title(raw))
        return Arrival(source.name, content, prepare(parts, embedder, added_by))
    except FootnoteError as error:
        return Added(source.name, error=str(error))


def _as_before(store: LibraryStore, source: Source) -> Added:
    """For a page whose server says that it is as it was."""
    document = store.catalog.document(source.document)
    if document is None:
        raise FootnoteError(f"{source.name} was removed while it was read again.")
    return Added(source.name, document, unchanged=True)


def _recognised(
    store: LibraryStore, source: Source, raw: RawDocument, version: str, embedder: SentenceEmbedder
) -> Added | None:
    """The result for a source whose content is a known version; None where no document has it."""
    content = Content(version, raw.source, given_title(raw))
    with store.claims.on([version]):
        found = recognise(store, content, embedder)
    if found is None:
        return None
    _renew(store, found, raw)
    return unchanged(source.name, content, found)


def _renew(store: LibraryStore, document: DocumentInfo, raw: RawDocument) -> None:
    """The server of a page whose text is as it was may know it by another version now."""
    if raw.validators is not None and document.source == raw.source:
        store.catalog.renew(document.version, raw.validators)


def unchanged(name: str, content: Content, document: DocumentInfo) -> Added:
    """The result for a source whose content is known."""
    elsewhere = document.source != content.source
    return Added(name, document, unchanged=True, elsewhere=elsewhere)
