"""Fetch one source, deduplicate it against what the library holds, and only then read and cut it.

Of content that is known, only a new title, or an older version from the same source, is news.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.reading.document_title import (
    expected_titles,
    given_title,
    listed_title,
    title_from_name,
)
from retrieval.reading.intake import Intake
from retrieval.reading.load import load
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import Source, archive_at, collection_in, sources_in
from retrieval.store.library_store import LibraryStore, main_language
from retrieval.store.lifecycle import discard, withdraw
from retrieval.store.sources.places import move
from retrieval.types import Added, DocumentInfo

from .embed_passages import embed, ignore
from .next_export import take_place
from .prepare import Prepared, prepare, version_of

# The format of pages that a site's navigation names.
PAGE = "markdown"


@dataclass(frozen=True, slots=True)
class Content:
    """A source as it was read: the version, and the title that a person gave, or "".

    `called` is its file's name, `own` the title that it would have by itself and its site's
    navigation, or "" where that is not known. A document with this content that stood at one of the
    places that are `gone` is to stand here.
    """

    version: str
    source: str
    title: str
    called: str = ""
    gone: frozenset[str] = frozenset()
    own: str = ""


def recognise(
    store: LibraryStore, content: Content, embedder: SentenceEmbedder
) -> DocumentInfo | None:
    """The document that holds this content already, or None where it is to be added.

    A title that was given is taken over, and an older version from the same source goes; a document
    whose own place is gone moves to this one. The caller holds the lock on the version: while
    another thread adds it, it is not known if it will be there.
    """
    with store.catalog.lock:
        known = store.catalog.with_version(content.version)
        if known is None or known.state != "ready":
            return None
        title = _title_now(store, known, content)
        retitled = title != known.title
        if known.source in content.gone and known.source != content.source:
            move(store.catalog, known, content.source, title)
            known = replace(known, source=content.source)
        elif retitled:
            given = bool(content.title or store.catalog.given_title(known.version))
            store.catalog.retitle(known.version, title, given)
        at_source = store.catalog.at_source(content.source)
        older = [version for version in at_source if version != known.version]
        if older:
            withdraw(store.catalog, older)
    discard(store, older)
    if retitled:
        embed(store, [known.version], embedder, ignore)  # which has read the old title
    return replace(known, title=title)


def _title_now(store: LibraryStore, known: DocumentInfo, content: Content) -> str:
    """The title of a known document: one given by now, its own by now where it stands here, the
    name of the file that it has become, or the one it has."""
    if content.title:
        return content.title
    moved = known.source in content.gone and known.source != content.source
    if content.own and (moved or known.source == content.source):
        return store.catalog.given_title(known.version) or content.own
    was_named = known.title == title_from_name(PurePath(known.source).name)
    if moved and was_named and not store.catalog.given_title(known.version):
        return title_from_name(content.called) or known.title
    return known.title


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that has been read and cut."""

    source: Source
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
        yield source, Added(source.name, error=error.sentence, gone=error.gone)
        return
    if collection is None:
        yield source, receive(store, source, raw, intake, embedder, added_by)
        return
    if source.picked is None:
        take_place(store.catalog, collection)
    whole = archive_at(collection.name) if source.picked is None else None
    for each in sources_in(collection, origin=whole):
        yield each, fetch_and_receive(store, each, intake, embedder, added_by)
    yield source, Added(source.name, left_out=collection.left_out.told())


def fetch_and_receive(
    store: LibraryStore, source: Source, intake: Intake, embedder: SentenceEmbedder, added_by: str
) -> Added | Arrival:
    """As `receive`, for a source that has not been fetched yet and is no archive."""
    try:
        raw = source.fetch(intake)
    except FootnoteError as error:
        return Added(source.name, error=error.sentence, gone=error.gone)
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
        if kept := declining(store, raw.source, raw.sha256):
            return Added(source.name, kept, unchanged=True)
        known = store.catalog.with_bytes(raw.sha256)  # which need not be read again
        title = _title_of_known(store, raw, known) if known else None
        if known and title is not None:
            content = _content(source, raw, known, title)
            if found := _recognised(store, source, content, raw, embedder):
                return found
        parts = load(raw, intake.parsers)
        content = _content(source, raw, version_of(parts), parts[0].metadata["title"])
        if found := _recognised(store, source, content, raw, embedder):
            return found
        tell = partial(intake.languages.tell, otherwise=main_language(store))
        return Arrival(source, content, prepare(parts, embedder, added_by, tell))
    except FootnoteError as error:
        return Added(source.name, error=error.sentence, gone=error.gone)


def declining(store: LibraryStore, source: str, content: str) -> DocumentInfo | None:
    """The document at a source that was taken back from just this content, told by its SHA-256 or
    its version; None where there is none."""
    found = store.catalog.declined_at(source)
    return found[0] if found is not None and content in found[1] else None


def _title_of_known(store: LibraryStore, raw: RawDocument, version: str) -> str | None:
    """The title by now of a page whose bytes are known, "" where it is none of a site's; None where
    it takes reading it to tell: navigation may have named it before, and doesn't any more."""
    if raw.listed:
        return listed_title(raw)
    known = store.catalog.with_version(version)
    if known is None or known.kind != PAGE or known.source != raw.source:
        return ""
    headings = store.catalog.outline(version).headings
    expected = expected_titles(raw, headings[0][2] if headings else "")
    named = store.catalog.given_title(version) is not None
    return "" if named or known.title in expected else None


def title_by_now(
    store: LibraryStore, source: Source, raw: RawDocument, intake: Intake, known: DocumentInfo
) -> str:
    """The title that a known document would have once it is received again; nothing changes."""
    own = _title_of_known(store, raw, known.version)
    if own is None:
        own = load(raw, intake.parsers)[0].metadata["title"]
    return _title_now(store, known, _content(source, raw, known.version, own))


def _content(source: Source, raw: RawDocument, version: str, own: str) -> Content:
    return Content(version, raw.source, given_title(raw), raw.name, source.gone, own)


def _as_before(store: LibraryStore, source: Source) -> Added:
    """For a page whose server says that it is as it was."""
    document = store.catalog.document(source.document)
    if document is None:
        raise FootnoteError("{file} was removed while it was read again.", file=source.name)
    return Added(source.name, document, unchanged=True)


def _recognised(
    store: LibraryStore,
    source: Source,
    content: Content,
    raw: RawDocument,
    embedder: SentenceEmbedder,
) -> Added | None:
    """The result for a source whose content is a known version; None where no document has it."""
    if kept := declining(store, raw.source, content.version):
        return Added(source.name, kept, unchanged=True)
    with store.claims.on([content.version]):
        before = store.catalog.with_version(content.version)
        found = recognise(store, content, embedder)
    if found is None or before is None:
        return None
    _renew(store, found, raw)
    return unchanged(source.name, content, found, before)


def _renew(store: LibraryStore, document: DocumentInfo, raw: RawDocument) -> None:
    """The server of a page whose text is as it was may know it by another version now."""
    if raw.validators is not None and document.source == raw.source:
        store.catalog.renew(document.version, raw.validators)


def unchanged(
    name: str, content: Content, document: DocumentInfo, before: DocumentInfo | None = None
) -> Added:
    """The result for a source whose content is known, in a document as it was `before`."""
    elsewhere = document.source != content.source
    moved_from = before.source if before and before.source != document.source else ""
    called = before.title if before and before.title != document.title else ""
    return Added(
        name, document, True, False, elsewhere, moved_from=moved_from, called_before=called
    )
