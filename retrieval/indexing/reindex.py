"""A library made anew by another model, or by a newer Footnote: every stored text cut again."""

from collections.abc import Iterator

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.store.catalog import replace_passages
from retrieval.store.library_store import MODEL, UNDER_WAY, LibraryStore
from retrieval.store.passages import passage_numbers

from .embed_passages import Progress, embed
from .prepare import cut


def reindex(store: LibraryStore, embedder: SentenceEmbedder, progress: Progress) -> Iterator[str]:
    """Cuts and embeds every stored text of a library anew, yielding the id of each document done.

    Until it is through, the library can't be read: its catalog says that this is under way.
    Raises FootnoteError, with nothing changed, where a document is being added.
    """
    for id in _begin(store):
        if _cut_anew(store, id, embedder):
            embed(store, [id], embedder, progress)
            yield id
    store.catalog.remember(MODEL, embedder.identity)


def _begin(store: LibraryStore) -> list[str]:
    with store.catalog.lock:
        documents = store.catalog.documents()
        if any(document.state == "pending" for document in documents):
            raise FootnoteError(
                f"Something is being added to the library {store.name!r}. "
                "Make it anew when that is done."
            )
        store.index.clear()
        store.catalog.remember(MODEL, UNDER_WAY)
    return [document.id for document in documents]


def _cut_anew(store: LibraryStore, id: str, embedder: SentenceEmbedder) -> bool:
    """Whether the document was still there to be cut."""
    with store.catalog.lock:
        text, outline = store.catalog.text(id), store.catalog.outline(id)
    if text is None:
        return False
    passages = cut(text, outline, embedder)
    with store.catalog.lock:
        if store.catalog.document(id) is None:
            return False
        store.index.remove(passage_numbers(store.catalog.connection, [id]))
        replace_passages(store.catalog, id, text, passages)
    return True
