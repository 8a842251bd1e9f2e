"""The libraries of a home: questions in and cited answers back, documents in and out."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableConfig

from retrieval.answer.chain import build_chain
from retrieval.answer.citation import passage_around
from retrieval.answer.confidence import Signals, read_signals
from retrieval.answer.explanation import Explanation, explain
from retrieval.answer.steps import Question, Steps
from retrieval.answer.streaming import BackgroundStream, Observer
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.indexing.embed_passages import Progress, ignore
from retrieval.indexing.reindex import reindex
from retrieval.indexing.remove import find_document, read_text, take_out
from retrieval.indexing.repair import Healer
from retrieval.indexing.sample import (
    drop_sample,
    end_sample,
    remove_sample,
    wants_sample,
)
from retrieval.reading.again import all_again, can_read_again
from retrieval.reading.intake import Intake, OnDemand
from retrieval.reading.source import Source, sample
from retrieval.search.query import check_question
from retrieval.search.reader.model import Reader, find_reader
from retrieval.search.retriever import HybridRetriever, as_passage
from retrieval.store.backup.backup import BackedUp, back_up
from retrieval.store.backup.restore import Restored, restore
from retrieval.store.files.synonyms import read_synonyms
from retrieval.store.home import Home
from retrieval.store.inventory import Census, Size, measure_size, take_census
from retrieval.store.library_store import LibraryStore
from retrieval.text.terms import Keys
from retrieval.text.typed_words import WordTable, load_word_table
from retrieval.weights.calibration_file import FILE as CALIBRATION
from retrieval.weights.calibration_file import in_force, read_kept
from retrieval.weights.fitted import Fitted, load_fitted

from .errors import FootnoteError
from .types import (
    COMMON,
    SAMPLE_LIBRARY,
    Added,
    Answer,
    Change,
    Citation,
    DocumentInfo,
    Passage,
    SourceInfo,
    Turn,
)

if TYPE_CHECKING:
    from retrieval.answer.chat.reader import ChatReader


class Library:
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
        self.home, self.embedder, self.intake = home, embedder, intake
        self.fitted, self.chat, self.reader = fitted, chat, reader
        self.keys = Keys()
        self.observer: Observer | None = None
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

    @cached_property
    def _table(self) -> WordTable:
        """The table of words, which only questions need."""
        return load_word_table()

    def _repair(self) -> None:
        """Have the vectors put in order in the background."""
        self._healer.get().wake()

    # Questions

    def ask(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        libraries: Sequence[str] = (COMMON,),
        asker: str = COMMON,
    ) -> Answer:
        """The cited answer from some libraries. Raises FootnoteError if there is no question.

        `asker` is whose share of the day's budget it takes where a chat model answers.
        """
        *_, answer = self.stream(question, turns, libraries, asker)
        return answer

    def stream(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        libraries: Sequence[str] = (COMMON,),
        asker: str = COMMON,
    ) -> Iterator[Answer]:
        """The answer as it is written, each time a sentence longer; the last one is whole, with its
        footnotes, and may say something else if what was written before it came to nothing."""
        if self.chat is None:
            began = time.perf_counter()
            asked = Question(question=check_question(question), turns=turns, asker=asker)
            answer = self._chain(libraries).invoke(asked, self._watched())
            yield _timed(self._linked(answer, libraries), began)
        else:
            answers = self.astream(question, turns, libraries, asker)
            yield from self.chat.bridge.through(answers)

    async def astream(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        libraries: Sequence[str] = (COMMON,),
        asker: str = COMMON,
    ) -> AsyncGenerator[Answer, None]:
        """As `stream`, for an event loop that has others to serve meanwhile."""
        began = time.perf_counter()
        asked = Question(question=check_question(question), turns=turns, asker=asker)
        if self.chat is not None:
            asked["permit"] = self.chat.permit(asked)
        chain = await asyncio.to_thread(self._chain, libraries)
        made = BackgroundStream(chain.astream(asked, self._watched()))
        try:
            async for answer in made:
                if answer.citations:
                    answer = await asyncio.to_thread(self._linked, answer, libraries)  # noqa: PLW2901
                yield _timed(answer, began)
        finally:
            if "permit" in asked:
                asked["permit"].end()
            await made.finished()

    def _linked(self, answer: Answer, libraries: Sequence[str]) -> Answer:
        """The answer, each citation with the address at which people can open it, if it has one."""
        stores = (self.home.store_of_any_model(name) for name in libraries if self.has(name))
        catalogs = [store.catalog for store in stores]

        def address(cited: Citation) -> str:
            found = (catalog.link(cited.version, cited.start) for catalog in catalogs)
            return next(filter(None, found), "")

        citations = tuple(replace(cited, link=address(cited)) for cited in answer.citations)
        return replace(answer, citations=citations)

    def _chain(self, libraries: Sequence[str]) -> Runnable[Question, Answer]:
        return build_chain(self.retriever(libraries), self.fitted, self.chat)

    def _watched(self) -> RunnableConfig:
        return {"callbacks": [self.observer]} if self.observer is not None else {}

    def search(self, query: str, k: int = 5, libraries: Sequence[str] = (COMMON,)) -> list[Passage]:
        """The k passages that best match a query, best first."""
        found = self.retriever(libraries, k).invoke(check_question(query))
        return [as_passage(document) for document in found]

    def signals(self, question: str, libraries: Sequence[str] = (COMMON,)) -> Signals | None:
        """The signals that confidence in an answer is judged by; None where nothing is found."""
        retriever = self.retriever(libraries)
        query = retriever.parse(check_question(question))
        passages = retriever.search(query)
        return read_signals(query, passages, self.keys) if passages else None

    def explain(self, question: str, libraries: Sequence[str] = (COMMON,)) -> Explanation:
        """The reasons for which a question is answered from some libraries, or isn't."""
        steps = Steps(self.retriever(libraries), self.keys, self.fitted)
        return explain(steps, check_question(question))

    def retriever(self, libraries: Sequence[str], k: int = 5) -> HybridRetriever:
        """A LangChain retriever over some libraries."""
        return HybridRetriever(
            stores=tuple(self.existing(name) for name in libraries),
            embedder=self.embedder,
            ranking=self.fitted.ranking,
            keys=self.keys,
            k=k,
            table=self._table.with_own(read_synonyms(self.home.folder)),
            reader=self.reader,
        )

    def around(
        self, version: str, start: int, end: int, libraries: Sequence[str]
    ) -> Passage | None:
        """The text around a quote, from the first of some libraries that has its document: the
        passage that holds the quote whole, or the stretch of those it goes across.

        `version` is a citation's or a passage's. None where the document has been removed, or says
        something else by now. Raises FootnoteError as asking does.
        """
        stores = (self.existing(name) for name in libraries if self.has(name))
        found = (passage_around(store, version, start, end) for store in stores)
        return next(filter(None, found), None)

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

    def remove(self, ids: Sequence[str], library: str = COMMON) -> list[DocumentInfo]:
        """Remove documents, all or none, and return what was removed.

        Raises FootnoteError, and removes none, where one isn't there or is still being added.
        """
        return take_out(self.existing(library), ids)

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
        """Make a library what its sources hold now, all or some of them by their ids, telling what
        is found at each place; with `dry_run`, nothing is changed.

        Raises FootnoteError where there is no such source.
        """
        from retrieval.indexing.sync.sync import sync_all

        add = partial(self._add, library=library, added_by="refresh", progress=progress)
        return sync_all(self.existing(library), ids, self.intake, add, dry_run)

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
            yield from reindex(self.home.store_of_any_model(name), embedder, progress)

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

    def existing(self, name: str) -> LibraryStore:
        """A library, but `common` and existing ones only: asking about one must not make it."""
        if name != COMMON and not self.home.has(name):
            known = ", ".join(self.home.names()) or "none yet"
            raise FootnoteError(f"There is no library {name!r}. There are: {known}.")
        return self.home.store(name)

    def has(self, name: str) -> bool:
        """True if a library exists. Raises FootnoteError where none could be called that."""
        return self.home.has(name)

    def count(self) -> int:
        """The number of documents in all libraries together, whichever model made them."""
        stores = (self.home.store_of_any_model(name) for name in self.home.names())
        return sum(store.catalog.count() for store in stores)

    def size(self, library: str = COMMON) -> Size:
        """The number of documents and passages of a library that answer."""
        return measure_size(self.existing(library))

    def census(self, library: str = COMMON) -> Census:
        """The number of documents and passages of a library, and how its vectors compare."""
        return take_census(self.existing(library))


def _timed(answer: Answer, began: float) -> Answer:
    return replace(answer, elapsed_ms=(time.perf_counter() - began) * 1000)


@contextmanager
def open_library(folder: Path | str, embedding_model: str | None = None) -> Iterator[Library]:
    """The libraries of a home, which is made where it is missing, until the block ends.

    `embedding_model` is a sentence-transformers name or path; without it, the bundled one is used.
    Answers are the documents' own sentences. Raises FootnoteError where the home can't be used, or
    another process keeps it.
    """
    embedder = SentenceEmbedder(embedding_model)
    kept = read_kept(Path(folder))
    with ExitStack() as closing:
        home = Home(Path(folder), embedder.identity, on_wait=lambda: None)
        closing.callback(home.close)
        fitted = in_force(load_fitted(), kept, embedder.identity)
        reader = find_reader(embedder, logging.getLogger(__name__).warning)
        library = Library(home, embedder, fitted, Intake(), reader=reader)
        closing.callback(library.close)
        library.drop_sample()
        yield library
