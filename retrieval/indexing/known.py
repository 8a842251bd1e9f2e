"""Content that a library holds already. Only a new title, or an older version, makes it news."""

from dataclasses import dataclass, replace

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.store.catalog import withdraw
from retrieval.store.discard import discard
from retrieval.store.library_store import Shelf
from retrieval.types import DocumentInfo

from .embed_passages import embed, ignore


@dataclass(frozen=True, slots=True)
class Version:
    """A source as it was read: the id of its content, and the title that a person gave, or ""."""

    id: str
    source: str
    title: str


def recognise(shelf: Shelf, version: Version, embedder: SentenceEmbedder) -> DocumentInfo | None:
    """The document that holds this content already, or None where it is to be added.

    A title that was given is taken over, and an older version from the same source goes. Whoever
    calls has the claim on the document: while another thread adds it, nobody knows if it will
    be there.
    """
    with shelf.catalog.lock:
        known = shelf.catalog.document(version.id)
        if known is None or known.state != "ready":
            return None
        retitled = bool(version.title) and version.title != known.title
        if retitled:
            shelf.catalog.retitle(known.id, version.title)
        older = [id for id in shelf.catalog.at_source(version.source) if id != known.id]
        if older:
            withdraw(shelf.catalog, older)
    discard(shelf, older)
    if retitled:
        embed(shelf, [known.id], embedder, ignore)  # which has read the old title
    return replace(known, title=version.title) if retitled else known
