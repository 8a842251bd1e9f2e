"""Erase documents from the libraries of a home: no byte of what they said is left there."""

from collections.abc import Callable, Sequence

from retrieval.indexing.remove import drop, removable
from retrieval.store.sources.earlier import read_earlier
from retrieval.store.sources.places import leave_out
from retrieval.types import COMMON, DocumentInfo

from .ask import Questions

# Is told of documents that are about to be erased, with all texts that they had, so that what else
# a home holds of them goes too.
Forget = Callable[[Sequence[DocumentInfo], Sequence[str]], None]


class Erasing(Questions):
    """The libraries of a home, with the one way out of them."""

    # Who keeps words of documents besides the libraries.
    forgets: tuple[Forget, ...] = ()

    def remove(self, ids: Sequence[str], library: str = COMMON) -> list[DocumentInfo]:
        """Erase documents for a person: a sync does not bring them back. As `erase` otherwise."""
        documents = self.erase(ids, library)
        leave_out(self.existing(library).catalog, [document.id for document in documents])
        return documents

    def erase(self, ids: Sequence[str], library: str = COMMON) -> list[DocumentInfo]:
        """Remove documents, all or none, so that no byte of their texts is left in the home: not of
        their earlier versions either, nor in backups that are made from now on.

        Returns what was removed. Raises FootnoteError, and removes none, where one isn't there or
        is still being added. Nobody can be answered for a moment of it: rather once with many ids.
        """
        documents = self._take_out(library, ids)
        self.home.forget_deleted(self.existing(library))
        return documents

    def _take_out(self, library: str, ids: Sequence[str]) -> list[DocumentInfo]:
        """Remove documents as `erase` does, but for what the files still hold of them."""
        store = self.existing(library)
        documents = removable(store, ids)
        texts = [text for document in documents for text in self._texts(library, document)]
        for forget in self.forgets:
            forget(documents, texts)
        return drop(store, [document.id for document in documents])

    def _texts(self, library: str, document: DocumentInfo) -> list[str]:
        catalog = self.existing(library).catalog
        earlier = read_earlier(catalog, document.id)
        before = [] if earlier is None else [str(earlier.columns["text"])]
        return [catalog.text(document.version) or "", *before]
