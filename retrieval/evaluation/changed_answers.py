"""Ask questions before and after documents change: whose answer is another by now, and how.

Answers are the documents' own sentences here, whoever writes them otherwise: a chat model would say
the same in other words each time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retrieval.answer.chain import build_chain
from retrieval.answer.steps import Question
from retrieval.library import Library
from retrieval.types import COMMON, Answer


@dataclass(frozen=True, slots=True)
class Watched:
    """A question whose answer matters, and the libraries that it is asked of."""

    question: str
    libraries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it is compared: its quotes, none where the documents don't say, and the ids of
    the documents that they stand in."""

    quotes: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A question that is answered in other words than before, or by another document."""

    question: str
    before: Reply
    after: Reply


def ask_all(library: Library, watched: Iterable[Watched]) -> dict[Watched, Reply]:
    """The replies to some questions; each is asked once."""
    return {one: _asked(library, one) for one in dict.fromkeys(watched)}


def _asked(library: Library, watched: Watched) -> Reply:
    chain = build_chain(library.retriever(watched.libraries), library.fitted, None)
    answer: Answer = chain.invoke(Question(question=watched.question, turns=(), asker=COMMON))
    cited = answer.citations if answer.answered else ()
    quotes = tuple(" ".join(citation.quote.split()) for citation in cited)
    return Reply(quotes, tuple(dict.fromkeys(citation.document for citation in cited)))


def compare(before: Mapping[Watched, Reply], after: Mapping[Watched, Reply]) -> list[ChangedAnswer]:
    """The questions that are answered in other words now, in their order."""
    return [
        ChangedAnswer(one.question, reply, after[one])
        for one, reply in before.items()
        if one in after and after[one].quotes != reply.quotes
    ]
