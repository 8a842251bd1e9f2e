"""Find marked answers by questions in other words."""

from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.reading.formats.plain.data.thread import Said, Thread
from retrieval.reading.source import Source, from_thread
from tests.support.homes import opened, put

from .grammar import MadeThread, threads


def as_source(number: int, made: MadeThread) -> Source:
    """A made thread as the bot hands it over."""
    link = f"https://discord.com/channels/1/{number}"

    def said(author: str, message: int, text: str) -> Said:
        return Said(author, "3 May 2026", "2026-05-03", f"{link}/{message}", text)

    rest = tuple(said("Di", 3 + n, text) for n, text in enumerate(made.chatter))
    asked, answer = said("Bo", 1, made.asked), said("Ada", 2, made.answer)
    return from_thread(Thread(made.title, asked, (answer,), rest))


def find(count: int) -> list[tuple[str, str]]:
    """The figures: the marked answer among the first three, and in what is quoted."""
    made = list(threads(count))
    with (
        TemporaryDirectory() as folder,
        opened(Path(folder) / "home", SentenceEmbedder()) as library,
    ):
        put(library, [as_source(number, each) for number, each in enumerate(made, start=1)])
        found = quoted = first = 0
        for each in made:
            passages = library.search(each.again, 3)
            found += any(each.answer in passage.text for passage in passages)
            first += each.answer in passages[0].text
            answer = library.quote(each.again)
            quoted += answer.answered and any(
                each.answer.startswith(cited.quote[:40]) for cited in answer.citations
            )
    return [
        (f"{count} threads, the answer first", f"{first / count:.3f}"),
        ("the answer among the first three", f"{found / count:.3f}"),
        ("answered, and the answer quoted", f"{quoted / count:.3f}"),
    ]
