"""The half of what the front ends hold that answers: questions in, passages and answers back."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableConfig

from retrieval.answer.chain import build_chain
from retrieval.answer.confidence import Signals, read_signals
from retrieval.answer.listening import Made
from retrieval.answer.observer import Observer
from retrieval.answer.steps import Question
from retrieval.answer.streaming import Waiting
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.asking import check_question
from retrieval.search.retriever import HybridRetriever, as_passage
from retrieval.store.home import Home
from retrieval.store.library_store import Shelf
from retrieval.text.terms import Keys
from retrieval.weights.fitted import Fitted

from .errors import FootnoteError
from .types import COMMON, Answer, Passage, Turn

if TYPE_CHECKING:
    from retrieval.answer.chat.reader import ChatReader


class Answers:
    """Answers from the libraries of a home. Any thread may ask."""

    def __init__(
        self, home: Home, embedder: SentenceEmbedder, fitted: Fitted, chat: "ChatReader | None"
    ) -> None:
        self.home = home
        self.embedder = embedder
        self.fitted = fitted
        self.chat = chat
        self.keys = Keys()
        self.observer: Observer | None = None
        self._waiting = Waiting()

    def close(self) -> None:
        """Ends what is asked."""
        self._waiting.close()

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
            yield _timed(self._chain(libraries).invoke(asked, self._watched()), began)
        else:
            answers = self.astream(question, turns, libraries, asker)
            yield from self._waiting.through(answers)

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
            asked["leave"] = self.chat.leave(asked)
        chain = await asyncio.to_thread(self._chain, libraries)
        made = Made(chain.astream(asked, self._watched()))
        try:
            async for answer in made:
                yield _timed(answer, began)
        finally:
            if "leave" in asked:
                asked["leave"].end()
            await made.finished()

    def _watched(self) -> RunnableConfig:
        return {"callbacks": [self.observer]} if self.observer is not None else {}

    def _chain(self, libraries: Sequence[str]) -> Runnable[Question, Answer]:
        return build_chain(self.retriever(libraries), self.fitted, self.chat)

    def search(self, query: str, k: int = 5, libraries: Sequence[str] = (COMMON,)) -> list[Passage]:
        """The k passages that best match a query, best first."""
        found = self.retriever(libraries, k).invoke(check_question(query))
        return [as_passage(document) for document in found]

    def signals(self, question: str, libraries: Sequence[str] = (COMMON,)) -> Signals | None:
        """What confidence in an answer would be judged by; None where nothing is found."""
        retriever = self.retriever(libraries)
        passages = [as_passage(document) for document in retriever.invoke(check_question(question))]
        if not passages:
            return None
        return read_signals(question, passages, retriever.lexicon(question), self.keys)

    def retriever(self, libraries: Sequence[str], k: int = 5) -> HybridRetriever:
        """A LangChain retriever over some libraries."""
        return HybridRetriever(
            shelves=tuple(self.existing(name) for name in libraries),
            embedder=self.embedder,
            ranking=self.fitted.ranking,
            keys=self.keys,
            k=k,
        )

    def existing(self, name: str) -> Shelf:
        """A library, but `common` and existing ones only: asking about one must not make it."""
        if name != COMMON and not self.home.has(name):
            known = ", ".join(self.home.names()) or "none yet"
            raise FootnoteError(f"There is no library {name!r}. There are: {known}.")
        return self.home.shelf(name)


def _timed(answer: Answer, began: float) -> Answer:
    return replace(answer, elapsed_ms=(time.perf_counter() - began) * 1000)
