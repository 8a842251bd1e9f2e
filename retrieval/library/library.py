"""The libraries of a home: questions in and cited answers back, documents in and out."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.indexing.embed_passages import Progress, ignore
from retrieval.indexing.reindex import reindex
from retrieval.indexing.remove import find_document, read_text
from retrieval.indexing.repair import Healer
from retrieval.indexing.sample import (
    drop_sample,
    end_sample,
    remove_sample,
    wants_sample,
)
from retrieval.indexing.sync.change import Change
from retrieval.reading.again import all_again, can_read_again
from retrieval.reading.intake import Intake, OnDemand
from retrieval.reading.source import Source, sample
from retrieval.search.reader.model import Reader, find_reader
from retrieval.store.backup.backup import BackedUp, back_up
from retrieval.store.backup.restore import Restored, restore
from retrieval.store.files.chosen_model import model_of
from retrieval.store.home import Home
from retrieval.store.inventory import Census, Size, measure_size, take_census
from retrieval.store.library_store import LibraryStore
from retrieval.types import (
    COMMON,
    SAMPLE_LIBRARY,
    Added,
    DocumentInfo,
    SourceInfo,
)
from retrieval.weights.calibration_file import FILE as CALIBRATION
from retrieval.weights.calibration_file import in_force, read_kept
from retrieval.weights.fitted import Fitted, load_fitted

from .erase import Erasing

if TYPE_CHECKING:
    from retrieval.answer.chat.reader import ChatReader


class Library(Erasing):
    """The libraries of a home, and the one way to them.

    Shared between threads, but not between processes: asking never waits for a document that is
    being added, and each document is there whole, in one version, or not at all.
    """

    def __init__(
        self,
        home: Home,
        embedder: SentenceEmbedder,
        fitted: Fitted,
        intake: Intake,
        chat: "ChatReader | None" = None,
        reader: Reader | None = None,
    ) -> None:
        super().__init__(home, embedder, fitted, chat, reader)
        self.intake = intake
        self._healer = OnDemand(lambda: Healer(home, embedder))
        home.vectors.on_fault = self._repair
        if home.vectors.lost:
            self._repair()

    def close(self) -> None:
        """End what is being asked and added, and give the home back."""
        self.intake.close()
        self._healer.close()
        if self.chat is not None:
            self.chat.bridge.close()
        self.home.close()

    def _repair(self) -> None:
        """Have the vectors put in order in the background."""
        self._healer.get().wake()

    # Documents: an id may be cut short to a beginning that no other id has

    def documents(self, library: str = COMMON) -> list[DocumentInfo]:
        """The documents of a library, the oldest first. Raises FootnoteError if it isn't there."""
        return self.existing(library).catalog.documents()

    def document(self, id: str, library: str = COMMON) -> DocumentInfo:
        """One document. Raises FootnoteError unless exactly one has that id."""
        return find_document(self.existing(library), id)

    def text(self, id: str, library: str = COMMON) -> str:
        """The stored text of a document, whole. Raises FootnoteError as `document` does."""
        return read_text(self.existing(library), id)

    def add(
        self,
        sources: Iterable[Source],
        library: str = COMMON,
        added_by: str = "cli",
        progress: Progress = ignore,
    ) -> Iterator[Added]:
        """Add documents, telling what became of each source as soon as that is settled.

        The same content is added once; new content from a known source replaces the old. With the
        first document of a home's own, the built-in sample goes.
        """
        added = self._add(sources, library, added_by, progress)
        return end_sample(self.home, added) if self.home.has_sample() else added

    def _add(
        self, sources: Iterable[Source], library: str, added_by: str, progress: Progress
    ) -> Iterator[Added]:
        # Imported here, since it brings all that reads files along: a question needs none of it.
        from retrieval.indexing.add import add

        store, embedder = self.home.store(library), self.embedder.twin
        results = add(store, sources, self.intake, embedder, added_by, progress)
        return results if self.observer is None else self.observer.told(results, library)

    def refreshable(self, ids: Sequence[str] = (), library: str = COMMON) -> list[DocumentInfo]:
        """The documents that are named, or all that can be read again. Raises FootnoteError where
        one isn't there."""
        named = {info.id: info for info in (self.document(id, library) for id in ids)}
        return list(named.values()) or list(filter(can_read_again, self.documents(library)))

    def refresh(
        self, ids: Sequence[str] = (), library: str = COMMON, progress: Progress = ignore
    ) -> Iterator[Added]:
        """Read `refreshable` documents from their sources again, and replace what changed."""
        catalog = self.existing(library).catalog
        known = (
            (info, catalog.given_title(info.version), catalog.validators(info.version))
            for info in self.refreshable(ids, library)
        )
        return self._add(all_again([*known]), library, "refresh", progress)

    # Sources: folders, sites and archives that were added

    def sources(self, library: str = COMMON) -> list[SourceInfo]:
        """The sources of a library; documents added one by one are one, the last."""
        from retrieval.indexing.sync.known import sources_of

        return sources_of(self.existing(library))

    def sync(
        self,
        ids: Sequence[str] = (),
        library: str = COMMON,
        progress: Progress = ignore,
        dry_run: bool = False,
    ) -> Iterator[Change]:
        """Make a library what its sources hold now, all or some by their ids, telling what is found
        at each place; with `dry_run`, nothing is changed. Raises FootnoteError for unknown ids."""
        from retrieval.indexing.sync.sync import sync_all

        add = partial(self._add, library=library, added_by="refresh", progress=progress)
        store, remove = self.existing(library), partial(self._take_out, library)
        found = sync_all(store, ids, self.intake, add, remove, dry_run)
        told = None if dry_run else self.observer
        return self._forgetting(told.told_of_sync(found, library) if told else found, store)

    def _forgetting(self, changes: Iterator[Change], store: LibraryStore) -> Iterator[Change]:
        """The same changes; what was removed by them is erased after the last."""
        yield from changes
        self.home.forget_deleted(store)

    def restore_version(
        self, id: str, library: str = COMMON, progress: Progress = ignore
    ) -> tuple[DocumentInfo, str]:
        """Take a document back to the version before, until its source changes again.

        Returns it, and when that version was replaced. Raises FootnoteError where none is kept.
        """
        from retrieval.indexing.sync.take_back import take_back

        document, earlier = take_back(self.existing(library), id, self.embedder.twin, progress)
        return document, earlier.replaced_at

    # The sample

    def has_own_documents(self) -> bool:
        """True where any library holds a document that did not come with Footnote."""
        return self.home.has_own_documents()

    def add_sample(self) -> bool:
        """Add the built-in briefing, in a library of its own, to a home without documents of its
        own; True unless it is there already, or others are."""
        if not wants_sample(self.home):
            return False
        added = self._add([sample()], SAMPLE_LIBRARY, "footnote", ignore)
        return all(one.error is None for one in added)

    def drop_sample(self) -> bool:
        """Remove the sample from a home that has documents of its own; True if it was there."""
        return self.home.has_sample() and drop_sample(self.home)

    def clear_common(self) -> bool:
        """Remove the sample that an older version put into `common`; True if it was there."""
        return remove_sample(self.home, [COMMON])

    # Care

    def reindex(self, progress: Progress = ignore) -> Iterator[str]:
        """Cut and embed every stored text anew with the current model, yielding each one's id."""
        embedder = self.embedder.twin
        _ = embedder.model  # one that can't be loaded must leave everything as it is
        if self.home.vectors.failure:
            self.home.repair()
        for name in self.home.names():
            store = self.home.store_of_any_model(name)
            yield from reindex(store, embedder, progress, self.intake.languages)

    def back_up(self, file: Path, replace: bool = False) -> BackedUp:
        """Write everything to one file, while all goes on. Raises FootnoteError if it can't."""
        return back_up(self.home, file, CALIBRATION, replace)

    def restore(self, file: Path) -> Restored:
        """Make the home, which must hold no documents but the sample, what a backup says. Raises
        FootnoteError, with the documents as they were, where that can't be done."""
        if not self.has_own_documents():
            remove_sample(self.home)
        restored = restore(self.home, file, CALIBRATION)
        self.clear_common()
        return restored

    def count(self) -> int:
        """The number of documents in all libraries together, whichever model made them."""
        return sum(self.home.store_of_any_model(x).catalog.count() for x in self.home.names())

    def size(self, library: str = COMMON) -> Size:
        """The number of documents and passages of a library that answer."""
        return measure_size(self.existing(library))

    def census(self, library: str = COMMON) -> Census:
        """The number of documents and passages of a library, and how its vectors compare."""
        return take_census(self.existing(library))


@contextmanager
def open_library(folder: Path | str, embedding_model: str | None = None) -> Iterator[Library]:
    """The libraries of a home, which is made where it is missing, until the block ends.

    `embedding_model` is as FOOTNOTE_EMBEDDING_MODEL has it; without it, the home has its own.
    Answers are the documents' own sentences. Raises FootnoteError where the home can't be used, or
    another process keeps it.
    """
    embedder = SentenceEmbedder(model_of(Path(folder), embedding_model))
    kept = read_kept(Path(folder))
    with ExitStack() as closing:
        home = Home(Path(folder), embedder.identity, on_wait=lambda: None)
        closing.callback(home.close)
        fitted = in_force(load_fitted(embedder.multilingual), kept, embedder.identity)
        reader = find_reader(embedder, logging.getLogger(__name__).warning)
        library = Library(home, embedder, fitted, Intake(), reader=reader)
        closing.callback(library.close)
        library.drop_sample()
        yield library
