"""A library made anew by another model, or by a newer Footnote: every stored text cut again."""

from collections.abc import Iterator

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.store.catalog import replace_passages
from retrieval.store.library_store import MODEL, UNDER_WAY, Shelf
from retrieval.store.passages import passage_numbers

from .embed_passages import Progress, embed
from .prepare import cut


def reindex(shelf: Shelf, embedder: SentenceEmbedder, progress: Progress) -> Iterator[str]:
    """Cuts and embeds every stored text of a library anew, yielding the id of each document done.

    Until it is through, the library can't be read: its catalog says that this is under way.
    Raises FootnoteError, with nothing changed, where a document is being added.
    """
    for id in _begin(shelf):
        if _cut_anew(shelf, id, embedder):
            embed(shelf, [id], embedder, progress)
            yield id
    shelf.catalog.remember(MODEL, embedder.identity)


def _begin(shelf: Shelf) -> list[str]:
    with shelf.catalog.lock:
        documents = shelf.catalog.documents()
        if any(document.state == "pending" for document in documents):
            raise FootnoteError(
                f"Something is being added to the library {shelf.name!r}. "
                "Make it anew when that is done."
            )
        shelf.index.clear()
        shelf.catalog.remember(MODEL, UNDER_WAY)
    return [document.id for document in documents]


def _cut_anew(shelf: Shelf, id: str, embedder: SentenceEmbedder) -> bool:
    """Whether the document was still there to be cut."""
    with shelf.catalog.lock:
        text, outline = shelf.catalog.text(id), shelf.catalog.outline(id)
    if text is None:
        return False
    passages = cut(text, outline, embedder)
    with shelf.catalog.lock:
        if shelf.catalog.document(id) is None:
            return False
        shelf.index.remove(passage_numbers(shelf.catalog.connection, [id]))
        replace_passages(shelf.catalog, id, text, passages)
    return True
