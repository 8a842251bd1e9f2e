"""The marks of a text's words as seen against another text: held there, missing there, reversed.

A reader of few layers sees by them at once what it would else need many examples to find, after
the exact-match feature of DrQA (Chen et al. 2017, arXiv:1704.00051). Training and use share this
module: the weights hold for these marks only.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from importlib.resources import files
from threading import Lock
from typing import NamedTuple

from Stemmer import Stemmer

WORD = re.compile(r"\w+(?:['’]\w+)*|[£$€%]")
NEGATED = "n't"


class Mark(IntEnum):
    """The kinds of words; their numbers are the rows of the reader's table of marks."""

    ELSE = 0
    HELD = 1
    MISSING = 2
    NUMBER_MISSING = 3
    NEGATION = 4
    OPPOSITE_HELD = 5


class MarkedWord(NamedTuple):
    """A word's place in its text, and its mark."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its place, itself in lower case, its stem, its number in digits."""

    start: int
    end: int
    lower: str
    stem: str
    number: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of words; `numbers` are digits by word, `opposites` are stems by stem."""

    function: frozenset[str]
    negation: frozenset[str]
    numbers: Mapping[str, str]
    opposites: Mapping[str, frozenset[str]]


class Marker:
    """Marks the words of texts; threads may share one."""

    def __init__(self) -> None:
        self._stemmer = Stemmer("english")
        self._lock = Lock()  # a stemmer works on one thread's word at a time
        self._lists = _read_lists(self._stemmer)

    def words(self, text: str) -> list[Word]:
        """The words of a text, as `mark` compares them."""
        found = list(WORD.finditer(text))
        lower = [match.group().lower() for match in found]
        with self._lock:
            stems = self._stemmer.stemWords([word.replace("’", "'") for word in lower])
        return [
            Word(match.start(), match.end(), word.replace("’", "'"), stem, self._number(word))
            for match, word, stem in zip(found, lower, stems, strict=True)
        ]

    def mark(self, text: Sequence[Word], other: Sequence[Word]) -> Iterator[MarkedWord]:
        """The words of a text with their marks, as seen against the words of another text."""
        held = {key for word in other for key in (word.stem, word.number)}
        for word in text:
            yield MarkedWord(word.start, word.end, self._mark(word, held))

    def _mark(self, word: Word, held: set[str]) -> Mark:
        lists = self._lists
        if word.lower in lists.negation or word.lower.endswith(NEGATED):
            return Mark.NEGATION
        if word.lower in lists.function:
            return Mark.ELSE
        if word.stem in held:
            return Mark.HELD
        if word.lower in lists.numbers or any(map(str.isdigit, word.lower)):
            return Mark.HELD if word.number in held else Mark.NUMBER_MISSING
        opposite = not held.isdisjoint(lists.opposites.get(word.stem, ()))
        return Mark.OPPOSITE_HELD if opposite else Mark.MISSING

    def _number(self, word: str) -> str:
        return self._lists.numbers.get(word, word)


def _read_lists(stemmer: Stemmer) -> Lists:
    """The lists that come with the reader."""
    folder = files(__package__)
    table = tomllib.loads(folder.joinpath("words.toml").read_text(encoding="utf-8"))
    lines = folder.joinpath("opposites.txt").read_text(encoding="utf-8").splitlines()
    groups = [line for line in lines if not line.startswith("#")] + table["closed"]
    return Lists(
        frozenset(table["function"].split()),
        frozenset(table["negation"].split()),
        {word: str(number) for number, word in enumerate(table["numbers"].split())},
        _opposites(stemmer.stemWords(group.split()) for group in groups),
    )


def _opposites(groups: Iterator[list[str]]) -> dict[str, frozenset[str]]:
    """Every stem with those that stand in a group with it.

    A stem may be its own opposite: "colour" and "colourless" differ in what the stem leaves out.
    """
    found = dict[str, set[str]]()
    for group in groups:
        for at, stem in enumerate(group):
            found.setdefault(stem, set()).update(group[:at] + group[at + 1 :])
    return {stem: frozenset(others) for stem, others in found.items()}
