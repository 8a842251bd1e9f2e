"""Take a document back to the version that it had before the one it has now."""

import json

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import Counted, FootnoteError
from retrieval.indexing.embed_passages import Progress
from retrieval.indexing.insert import bring_in
from retrieval.indexing.prepare import Prepared, cut
from retrieval.indexing.remove import find_document
from retrieval.reading.outline import read_outline
from retrieval.store.library_store import LibraryStore
from retrieval.store.lifecycle import NewDocument
from retrieval.store.sources.earlier import KEPT_DAYS, Earlier, read_earlier
from retrieval.store.sources.note import time_now
from retrieval.types import DocumentInfo


def take_back(
    store: LibraryStore, id: str, embedder: SentenceEmbedder, progress: Progress
) -> tuple[DocumentInfo, Earlier]:
    """Have a document say what it said before; that stays until its source changes once more.

    Returns the document and what it was taken back to. What it said until now is kept in turn.
    Raises FootnoteError where no version is kept, or another document says the same by now.
    """
    document = find_document(store, id)
    earlier = read_earlier(store.catalog, document.id)
    if earlier is None:
        raise FootnoteError(
            Counted(
                "No earlier version of {document} is kept. What is replaced is kept for {count} "
                "day.",
                "No earlier version of {document} is kept. What is replaced is kept for {count} "
                "days.",
                KEPT_DAYS,
                document=document.title,
            )
        )
    version = earlier.columns["version"]
    with store.claims.on([version]):
        other = store.catalog.with_version(version)
        if other is not None and other.id != document.id:
            raise FootnoteError(
                "The earlier version of {document} says what {other} ({id}) says by now. Nothing "
                "was changed.",
                document=document.title,
                other=other.title,
                id=other.id,
            )
        brought = bring_in(
            store, [_prepared(store, document, earlier, embedder)], embedder, progress
        )
    return brought.documents[version], earlier


def _prepared(
    store: LibraryStore, document: DocumentInfo, earlier: Earlier, embedder: SentenceEmbedder
) -> Prepared:
    """The earlier version, where the document stands now, as new content is inserted."""
    columns = earlier.columns
    sha256, validators = store.catalog.bytes_of(document.version)
    known = {
        "source": document.source,
        "added_at": time_now(),
        "added_by": "restore",
        # What its source says now is not to come in again by itself.
        "declined": json.dumps([sha256, document.version]),
        "validators": validators,
        "title_given": bool(columns["title_given"]),
    }
    outline = read_outline(*(columns[name] for name in ("kind", "parts", "headings", "rows")))
    passages = cut(columns["text"], outline, embedder, columns["language"])
    # Links within it are not kept; they come with the next version.
    return Prepared(NewDocument(**{**columns, **known}), tuple(passages), {})
