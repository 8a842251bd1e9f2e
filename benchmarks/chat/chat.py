"""Quote against chat, with a small real model: python -m benchmarks.chat.chat SQUAD.json

Asks answerable and unanswerable questions, spread evenly over the file, of both readers. What the
model wrote is then judged by `benchmarks.chat.written`, which knows labels for its sentences.
"""

import argparse
import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.outputs import LLMResult
from rich.console import Console
from rich.table import Table

from benchmarks.squad import filled_library
from bot.settings import Settings
from bot.wiring import open_chat
from retrieval.answer.chain import build_chain
from retrieval.answer.chat.reader import ChatReader
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.golden import Golden, Outcome, spread
from retrieval.evaluation.squad import read_squad
from retrieval.library import Library
from retrieval.types import COMMON, Answer
from retrieval.weights.fitted import Fitted, load_fitted
from tests.support.models.real import NAME, serving

from .written import Sentence, counted, label_file, rate, sentences


@dataclass(frozen=True)
class Asked:
    """The outcome of one question; seconds to the first word, and to the model's own first word."""

    golden: Golden
    quoted: Answer
    answer: Answer
    first: float
    first_token: float
    sentences: tuple[Sentence, ...]


@dataclass(eq=False)
class Listener(BaseCallbackHandler):
    """Hears what the model writes, before any of it is held to the documents."""

    text: str = ""
    first: float = 0.0
    began: float = field(default_factory=time.perf_counter)

    def on_llm_new_token(self, token: Any, **_rest: Any) -> None:
        if token and not self.first:
            self.first = time.perf_counter() - self.began

    def on_llm_end(self, response: LLMResult, **_rest: Any) -> None:
        self.text = response.generations[0][0].text


@contextmanager
def small_model(embedder: SentenceEmbedder, fitted: Fitted) -> Iterator[ChatReader]:
    """The chat reader on the small model."""
    with serving() as url, TemporaryDirectory() as home:
        # On a busy machine it is waited for: that is not what is measured.
        settings = Settings(
            chat_model=f"openai:{NAME}",
            chat_url=url,
            chat_first_timeout=300,
            chat_timeout=600,
        )
        with open_chat(settings, Path(home), embedder, fitted) as chat:
            assert chat is not None
            yield chat


async def ask(library: Library, chat: ChatReader, golden: Golden) -> Asked:
    """One question, of both readers."""
    quoted = library.ask(golden.question)
    listener, first, answer = Listener(), 0.0, quoted
    chain = build_chain(library.retriever([COMMON]), library.fitted, chat)
    asked = chain.astream({"question": golden.question, "turns": ()}, {"callbacks": [listener]})
    async for grown in asked:
        first, answer = first or time.perf_counter() - listener.began, grown
    written = tuple(sentences(golden.question, listener.text, answer.passages, chat.support))
    return Asked(golden, quoted, answer, first, listener.first, written)


async def ask_all(library: Library, chat: ChatReader, goldens: Sequence[Golden]) -> list[Asked]:
    """All questions, one after the other, in one event loop."""
    return [await ask(library, chat, golden) for golden in goldens]


def figures(asked: Sequence[Asked]) -> Iterator[tuple[str, str, str]]:
    """(figure, quote, chat)."""
    held = [one for one in asked if one.golden.answers]
    absent = [one for one in asked if not one.golden.answers]
    yield (
        f"answer in the text, of {len(held)}",
        rate([in_text(one.golden, one.quoted) for one in held]),
        rate([in_text(one.golden, one.answer) for one in held]),
    )
    for name, ones in (("answerable", held), ("unanswerable", absent)):
        yield (
            f"abstained, of {len(ones)} {name}",
            rate([not one.quoted.answered for one in ones]),
            rate([not one.answer.answered for one in ones]),
        )
    asked = [one for one in asked if one.first_token]
    yield "fell back to quotes", "–", rate([one.answer.reader == "quote" for one in asked])
    first = median(one.first for one in asked)
    quoted = median(one.quoted.elapsed_ms for one in asked) / 1000
    yield "seconds to the first word, median", f"{quoted:.2f}", f"{first:.2f}"
    yield "the model's own first word", "–", f"{median(one.first_token for one in asked):.2f}"


def in_text(golden: Golden, answer: Answer) -> bool:
    """Return true if a gold answer stands in the text itself, not in a footnote's quote."""
    return Outcome(golden, replace(answer, citations=())).quoted


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("squad", type=Path)
    parser.add_argument(
        "--questions", type=int, default=120, help="answerable; a third more aren't"
    )
    parser.add_argument("--to-label", type=Path, help="where to write sentences without a label")
    options = parser.parse_args()
    squad, embedder, fitted = read_squad(options.squad), SentenceEmbedder(), load_fitted()
    goldens = [*spread(squad.answerable, options.questions)]
    goldens += spread(squad.impossible, options.questions // 3)
    with (
        filled_library(squad.documents, embedder, fitted) as library,
        small_model(embedder, fitted) as chat,
    ):
        asked = asyncio.run(ask_all(library, chat, goldens))
    written = [sentence for one in asked for sentence in one.sentences]
    table = Table("figure", "quote", "chat", box=None)
    for row in (*figures(asked), *counted(written)):
        table.add_row(*row)
    Console(width=120).print(table)
    if options.to_label:
        label_file(written, options.to_label)


if __name__ == "__main__":
    main()
