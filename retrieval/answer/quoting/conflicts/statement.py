"""A statement of a document on a question: its words, those that it stands under, and its facts."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.answer.quoting.quote import undressed
from retrieval.text.terms import Keys, words
from retrieval.types import Passage

from .facts import Facts, facts_of, may_state, names_in

if TYPE_CHECKING:
    from .other_languages.facts import FactReader

# Characters of a statement: what is longer says too much to be held against anything.
LONGEST = 400
# What a question ends with.
ASKS = ("?", "？", "؟")
# The line under the header of a table, and a line of one.
RULE = re.compile(r"\|[\s:|-]+\|")
LINE = re.compile(r"\s*\|.*\|\s*")


@dataclass(frozen=True)
class Statement:
    """A stretch of a passage, as it is compared."""

    passage: Passage
    start: int
    end: int
    text: str
    keys: Keys
    reader: "FactReader | None" = None  # of another language than English

    @cached_property
    def facts(self) -> Facts:
        """The facts in it."""
        if self.reader is not None:
            return self.reader.facts_of(self.text)
        return facts_of(self.text, self.keys)

    @property
    def states_something(self) -> bool:
        """Tell whether it may hold facts other than names."""
        if self.reader is not None:
            return bool(self.facts.values or self.facts.states)
        return may_state(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names in it, in English; in other languages they are words like any."""
        return frozenset[str]() if self.reader else names_in(self.text)

    @cached_property
    def around(self) -> frozenset[str]:
        """The keys of the words that it stands under: the document's title and the headings."""
        above = f"{self.passage.title} {self.passage.section}"
        if self.reader is not None:
            return self.reader.subject_of(above)
        return frozenset(self.keys.of(words(above)))


def statement(
    passage: Passage, start: int, end: int, keys: Keys, reader: "FactReader | None" = None
) -> Statement | None:
    """The statement between two offsets of a passage; None where it is a question or too long.

    A row of a table has in it what its columns are called.
    """
    text = passage.slice(start, end).strip()
    if not text or len(text) > LONGEST or text.endswith(ASKS if reader else "?"):
        return None
    if LINE.fullmatch(text):
        text = _labelled(text, _header(passage, start))
    else:
        text = text[slice(*undressed(text))]
    return Statement(passage, start, end, text, keys, reader)


def _header(passage: Passage, start: int) -> str:
    """The first line of the table that a row stands in, or ""."""
    above = passage.slice(passage.start, start).rstrip().splitlines()
    lines = list[str]()
    for line in reversed(above):
        if not LINE.fullmatch(line):
            break
        lines.append(line)
    return lines[-1] if len(lines) > 1 and RULE.fullmatch(lines[-2].strip()) else ""


def _labelled(row: str, header: str) -> str:
    """A row as its cells, each with the name of its column."""
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    names = [name.strip() for name in header.strip().strip("|").split("|")]
    if len(names) != len(cells):
        return "; ".join(cells)
    return "; ".join(
        f"{name}: {cell}" if name else cell for name, cell in zip(names, cells, strict=True)
    )
