"""A thread, as the bot in Discord hands it over: a question, its marked answers, and the rest.

What is quoted are the answers. Before each stands what was asked, by whose words it is found, and
behind them the rest of the thread, both in the background.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from retrieval.reading.formats.content import Gathering, one_line
from retrieval.reading.formats.errors import OtherFormatError

MARK = "footnote-thread"
OPENING = re.compile(rf'\s*\{{"{MARK}": 1,')
# Characters of what was asked that stand before an answer: there must be room for that beside it.
ASKED = 300


@dataclass(frozen=True, slots=True)
class Said:
    """A message: who wrote it, the day in words and as ISO 8601 has it, its link, and its text."""

    author: str
    day: str
    date: str
    link: str
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread: its title, what was asked, the answers, and what else was said.

    `more` is what the asker said besides, by whose words the answers are found as well.
    """

    title: str
    question: Said
    answers: Sequence[Said]
    rest: Sequence[Said] = ()
    more: str = ""

    @property
    def link(self) -> str:
        """The address of the message that it begins with."""
        return self.question.link

    def as_json(self) -> str:
        """The thread as `read_thread` reads it."""
        return json.dumps({MARK: 1, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """The thread that `as_json` wrote. Raises OtherFormatError for anything else."""
        try:
            told: Any = json.loads(text)
            question, answers = _said(told["question"]), tuple(map(_said, told["answers"]))
            rest = tuple(map(_said, told["rest"]))
            return cls(str(told["title"]), question, answers, rest, str(told["more"]))
        except (ValueError, TypeError, KeyError) as error:
            raise OtherFormatError from error


def _said(told: Any) -> Said:
    return Said(*(str(told[field.name]) for field in fields(Said)))


def looks_like_thread(text: str) -> bool:
    """Return whether a text begins as a thread does."""
    return OPENING.match(text) is not None


def read_thread(text: str, gathering: Gathering) -> None:
    """Add the thread that a text holds. Raises OtherFormatError for a text that is none."""
    add_thread(Thread.read(text), gathering)


def add_thread(thread: Thread, gathering: Gathering) -> None:
    """Add each answer under who gave it and when, behind what was asked, and then the rest."""
    gathering.title = thread.title
    asked = one_line(f"{thread.question.text} {thread.more}", ASKED) or thread.title
    for answer in thread.answers:
        gathering.begin_part()
        gathering.add_heading(f"{answer.author}, {answer.day}", 1)
        gathering.mark_background()
        _add_link(thread.question.link, gathering)
        gathering.add_text(asked)
        gathering.mark_background(False)
        _add_link(answer.link, gathering)
        gathering.add_text(answer.text)
    gathering.begin_part()
    gathering.mark_background()
    for said in filter(lambda each: each.text, (thread.question, *thread.rest)):
        _add_link(said.link, gathering)
        gathering.add_text(f"{said.author}, {said.day}: {said.text}")


def _add_link(link: str, gathering: Gathering) -> None:
    if link:
        gathering.add_link(link)
