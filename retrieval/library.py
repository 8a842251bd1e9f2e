"""What the front ends hold: documents in and out, passages and cited answers back."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .adding import Added, add
from .census import Census, take_census
from .chain import Question, build_chain
from .confidence import Signals, read_signals
from .embed import SentenceEmbedder
from .errors import FootnoteError
from .fitted import Fitted
from .home import Home
from .ingest import Progress, ignore, reindex, take_out
from .schema import COMMON, Answer, DocumentInfo, Passage, Turn
from .search import HybridRetriever, as_passage
from .shelf import Shelf
from .sources import Source, again, can_read_again, sample
from .terms import Keys

LONGEST_QUESTION = 10_000  # characters


class Library:
    """The libraries of a home, and the one way to them. Not shared between processes."""

    def __init__(self, home: Home, embedder: SentenceEmbedder, fitted: Fitted) -> None:
        self.home = home
        self.embedder = embedder
        self.fitted = fitted
        self.keys = Keys()

    def close(self) -> None:
        """Gives the home back."""
        self.home.close()

    # Questions

    def ask(
        self, question: str, turns: Sequence[Turn] = (), libraries: Sequence[str] = (COMMON,)
    ) -> Answer:
        """The cited answer from some libraries. Raises FootnoteError if there is no question."""
        began = time.perf_counter()
        asked = Question(question=check_question(question), turns=turns)
        answer = build_chain(self.retriever(libraries), self.fitted).invoke(asked)
        return replace(answer, elapsed_ms=(time.perf_counter() - began) * 1000)

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
            shelves=tuple(self._existing(name) for name in libraries),
            embedder=self.embedder,
            ranking=self.fitted.ranking,
            keys=self.keys,
            k=k,
        )

    # Documents

    def add(
        self,
        sources: Iterable[Source],
        library: str = COMMON,
        added_by: str = "cli",
        progress: Progress = ignore,
    ) -> Iterator[Added]:
        """Adds documents, telling what became of each source as soon as that is settled.

        The same content is added once; new content from a known source replaces the old.
        """
        return add(self.home.shelf(library), sources, self.embedder, added_by, progress)

    def add_sample(self) -> bool:
        """Adds the built-in briefing to a home that holds nothing; whether it did."""
        if any(self.documents(name) for name in self.home.names()):
            return False
        return all(added.error is None for added in self.add([sample()], added_by="footnote"))

    def documents(self, library: str = COMMON) -> list[DocumentInfo]:
        """The documents of a library, the oldest first. Raises FootnoteError if it isn't there."""
        return self._existing(library).catalog.documents()

    def document(self, id: str, library: str = COMMON) -> DocumentInfo:
        """One document. Raises FootnoteError where there is none with that id."""
        found = self._existing(library).catalog.document(id)
        if found is None:
            raise FootnoteError(
                f"There is no document {id!r} in the library {library!r}. "
                "`footnote list` shows the ids."
            )
        return found

    def text(self, id: str, library: str = COMMON) -> str:
        """The stored text of a document, whole. Raises FootnoteError where there is none."""
        return self._existing(library).catalog.text(self.document(id, library).id)

    def remove(self, ids: Sequence[str], library: str = COMMON) -> list[DocumentInfo]:
        """Removes documents, all or, where one id is unknown, none; returns what was removed."""
        documents = [self.document(id, library) for id in dict.fromkeys(ids)]
        take_out(self.home.shelf(library), [document.id for document in documents])
        return documents

    def refresh(
        self, ids: Sequence[str] = (), library: str = COMMON, progress: Progress = ignore
    ) -> Iterator[Added]:
        """Reads documents from their sources again; what changed is replaced.

        Where none is named, all are read but those that can't be, such as what was piped in.
        """
        shelf = self._existing(library)
        chosen = [self.document(id, library) for id in ids] or [
            info for info in self.documents(library) if can_read_again(info.source)
        ]
        sources = [again(info.source, shelf.catalog.given_title(info.id)) for info in chosen]
        return self.add(sources, library, "refresh", progress)

    def reindex(self, progress: Progress = ignore) -> Iterator[str]:
        """Cuts and embeds every stored text anew with the current model, yielding each one's id."""
        _ = self.embedder.model  # one that can't be loaded must leave everything as it is
        for name in self.home.names():
            yield from reindex(self.home.shelf_of_any_model(name), self.embedder, progress)

    def count(self) -> int:
        """How many documents all libraries have together, whichever model made them."""
        shelves = (self.home.shelf_of_any_model(name) for name in self.home.names())
        return sum(len(shelf.catalog.documents()) for shelf in shelves)

    def census(self, library: str = COMMON) -> Census:
        """How many documents and passages a library has, and how its vectors compare."""
        return take_census(self._existing(library))

    def _existing(self, name: str) -> Shelf:
        """A library, but `common` and existing ones only: asking about one must not make it."""
        if name != COMMON and not self.home.has(name):
            known = ", ".join(self.home.names()) or "none yet"
            raise FootnoteError(f"There is no library {name!r}. There are: {known}.")
        return self.home.shelf(name)


def check_question(question: str) -> str:
    """The question, if it is one. Raises FootnoteError where it is empty, endless, or no text."""
    if not question.strip():
        raise FootnoteError("There is no question. Ask something, in a few words or a sentence.")
    if len(question) > LONGEST_QUESTION:
        raise FootnoteError(
            f"The question has {len(question):,} characters; {LONGEST_QUESTION:,} are the most. "
            "Ask it more briefly."
        )
    if question.encode(errors="replace").decode() != question:
        raise FootnoteError("The question is not valid UTF-8. Check how it was typed or piped in.")
    return question
