"""Ask the libraries of a home: cited answers, the passages found, and the text around a quote."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableConfig

from retrieval.answer.about_library import Contents, contents
from retrieval.answer.chain import build_chain
from retrieval.answer.citation import passage_around
from retrieval.answer.confidence import Signals, read_signals
from retrieval.answer.explanation import Explanation, explain
from retrieval.answer.quoting.conflicts.compare import Comparison
from retrieval.answer.quoting.conflicts.find import Finder
from retrieval.answer.quoting.conflicts.in_library import Pair, conflicts_in
from retrieval.answer.quoting.conflicts.wordings import english_wordings
from retrieval.answer.steps import Question, Steps
from retrieval.answer.streaming import BackgroundStream, Observer
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.search.query import check_question
from retrieval.search.reader.model import Reader
from retrieval.search.retriever import HybridRetriever, as_passage
from retrieval.store.files.synonyms import read_synonyms
from retrieval.store.home import Home
from retrieval.store.library_store import LibraryStore
from retrieval.text.terms import Keys
from retrieval.text.typed_words import WordTable, load_word_table
from retrieval.types import (
    COMMON,
    Answer,
    Citation,
    Passage,
    Turn,
)
from retrieval.weights.fitted import Fitted

from .collections import Collections

if TYPE_CHECKING:
    from retrieval.answer.chat.reader import ChatReader


class Questions:
    """The questions that the libraries of a home are asked.

    Shared between threads; none waits for a document that is being added.
    """

    def __init__(
        self,
        home: Home,
        embedder: SentenceEmbedder,
        fitted: Fitted,
        chat: "ChatReader | None" = None,
        reader: Reader | None = None,
    ) -> None:
        self.home, self.embedder, self.fitted = home, embedder, fitted
        self.chat = chat
        self.reader = reader
        self.keys = Keys()
        self.collections = Collections(home, embedder)
        self.observer: Observer | None = None

    @cached_property
    def _table(self) -> WordTable:
        """The table of words, which only questions need."""
        return load_word_table()

    @cached_property
    def finder(self) -> Finder:
        """Finds what says otherwise than an answer."""
        return Finder(Comparison(self.keys, english_wordings(self.keys)))

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
            yield self.quote(question, turns, libraries)
        else:
            answers = self.astream(question, turns, libraries, asker)
            yield from self.chat.bridge.through(answers)

    def quote(
        self, question: str, turns: Sequence[Turn] = (), libraries: Sequence[str] = (COMMON,)
    ) -> Answer:
        """The cited answer in the documents' own sentences, even where a chat model is set.

        Raises FootnoteError if there is no question.
        """
        began = time.perf_counter()
        asked = Question(question=check_question(question), turns=turns)
        chain = build_chain(self.retriever(libraries), self.fitted)
        return _timed(self._linked(chain.invoke(asked, self._watched()), libraries), began)

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

    def _chain(self, libraries: Sequence[str]) -> Runnable[Question, Answer]:
        return build_chain(self.retriever(libraries), self.fitted, self.chat)

    def _linked(self, answer: Answer, libraries: Sequence[str]) -> Answer:
        """The answer with what says otherwise, each place with the address at which people can open
        it, if it has one, and with the hyperlinks in what it quotes."""
        stores = (self.home.store_of_any_model(name) for name in libraries if self.has(name))
        catalogs = [store.catalog for store in stores]

        def with_addresses(cited: Citation) -> Citation:
            place = (cited.version, cited.start, cited.end)
            found = (catalog.addresses(*place) for catalog in catalogs)
            link, hyperlinks = next(filter(any, found), ("", ()))
            return replace(cited, link=link, hyperlinks=hyperlinks)

        def with_author(cited: Citation) -> Citation:
            infos = (catalog.with_version(cited.version) for catalog in catalogs)
            author = next((info.author for info in infos if info is not None), "")
            return replace(with_addresses(cited), author=author)

        otherwise = tuple(map(with_author, self.finder.find(answer)))
        complete = with_author if otherwise else with_addresses
        citations = tuple(map(complete, answer.citations))
        return replace(answer, citations=citations, otherwise=otherwise)

    def _watched(self) -> RunnableConfig:
        return {"callbacks": [self.observer]} if self.observer is not None else {}

    def search(self, query: str, k: int = 5, libraries: Sequence[str] = (COMMON,)) -> list[Passage]:
        """The k passages that best match a query, best first."""
        found = self.retriever(libraries, k).invoke(check_question(query))
        return [as_passage(document) for document in found]

    def conflicts(self, libraries: Sequence[str] = (COMMON,)) -> list[Pair]:
        """The pairs of places in some libraries that say different things of the same."""
        return list(conflicts_in(map(self.existing, libraries), self.finder.comparison))

    def contents(self, libraries: Sequence[str] = (COMMON,)) -> Contents:
        """The number of documents in some libraries, and the titles of the first of them."""
        return contents([self.existing(name) for name in libraries])

    def explain(self, question: str, libraries: Sequence[str] = (COMMON,)) -> Explanation:
        """The reasons for which a question is answered from some libraries, or isn't."""
        steps = Steps(self.retriever(libraries), self.keys, self.fitted)
        return explain(steps, check_question(question))

    def signals(self, question: str, libraries: Sequence[str] = (COMMON,)) -> Signals | None:
        """The signals that confidence in an answer is judged by; None where nothing is found."""
        retriever = self.retriever(libraries)
        query = retriever.parse(check_question(question))
        passages = retriever.search(query)
        return read_signals(query, passages, self.keys) if passages else None

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

    def opened_at(self, passage: Passage, libraries: Sequence[str]) -> str:
        """The address at which people can open the first of a passage that could be quoted, by the
        first of some libraries that knows it; "" where it is the document's."""
        at = passage.sentences[0].start if passage.sentences else passage.start
        stores = (self.existing(name) for name in libraries if self.has(name))
        found = (store.catalog.addresses(passage.version, at, passage.end) for store in stores)
        return next((address for address, _ in found if address), "")

    def existing(self, name: str) -> LibraryStore:
        """A library, but `common` and existing ones only: asking about one must not make it."""
        if name != COMMON and not self.home.has(name):
            known = ", ".join(self.home.names()) or "none yet"
            raise FootnoteError(f"There is no library {name!r}. There are: {known}.")
        return self.home.store(name)

    def has(self, name: str) -> bool:
        """True if a library exists. Raises FootnoteError where none could be called that."""
        return self.home.has(name)


def _timed(answer: Answer, began: float) -> Answer:
    return replace(answer, elapsed_ms=(time.perf_counter() - began) * 1000)
