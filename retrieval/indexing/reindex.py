"""Rebuild a library for another model, or for a newer Footnote: every stored text is cut again."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.store.library_store import MODEL, UNDER_WAY, LibraryStore, main_language
from retrieval.store.lifecycle import replace_passages
from retrieval.store.passages import passage_numbers
from retrieval.types import DocumentInfo

from .embed_passages import Progress, embed
from .prepare import cut

if TYPE_CHECKING:
    from retrieval.text.languages.detect import LanguageTeller


def reindex(
    store: LibraryStore,
    embedder: SentenceEmbedder,
    progress: Progress,
    languages: "LanguageTeller",
) -> Iterator[str]:
    """Cut and embed every stored text of a library anew, yielding the id of each document done.
    What each is written in is told anew as well.

    Until it is through, the library can't be read: its catalog says that this is under way.
    Raises FootnoteError, with nothing changed, where a document is being added.
    """
    for document in _begin(store):
        if _cut_anew(store, document.version, embedder, languages):
            embed(store, [document.version], embedder, progress)
            yield document.id
    store.catalog.remember(MODEL, embedder.identity)


def _begin(store: LibraryStore) -> list[DocumentInfo]:
    with store.catalog.lock:
        documents = store.catalog.documents()
        if any(store.catalog.is_arriving(document.id) for document in documents):
            raise FootnoteError(
                f"Something is being added to the library {store.name!r}. "
                "Make it anew when that is done."
            )
        store.index.clear()
        store.catalog.remember(MODEL, UNDER_WAY)
    return documents


def _cut_anew(
    store: LibraryStore, version: str, embedder: SentenceEmbedder, languages: "LanguageTeller"
) -> bool:
    """Cut a stored text into new passages; false where the document was removed meanwhile."""
    with store.catalog.lock:
        text, outline = store.catalog.text(version), store.catalog.outline(version)
    if text is None:
        return False
    language = languages.tell(text, main_language(store))
    passages = cut(text, outline, embedder, language)
    with store.catalog.lock:
        if store.catalog.text(version) is None:
            return False
        store.index.remove(passage_numbers(store.catalog.connection, [version]))
        replace_passages(store.catalog, version, text, language, passages)
    return True
