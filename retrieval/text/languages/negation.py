"""Negation in each language: its words for “not”, and what a text says and what it denies.

The words stand in `negations.toml`; of a language that isn't in it nothing is known.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .analysis import Analysis, analysis
from .folding import fold

# What parts one clause from the next.
CLAUSE = re.compile(r"[.,;:!?()…。，、；：！？؛،।]+")
# Japanese letters that are mostly endings and particles.
ENDINGS = re.compile(r"[\u3040-\u309f]+")


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text but stop words: those that it says, and those that it denies."""

    plain: frozenset[str]
    denied: frozenset[str]


@dataclass(frozen=True, slots=True)
class Negation:
    """The ways of a language to deny: by `words`, by whole words of some `forms`, or by `pieces`.

    What is denied stands `before` it or behind it, or is the `last` word before it where nothing
    comes behind. `nothing` looks like it, and denies nothing.
    """

    language: Analysis
    words: frozenset[str]
    forms: re.Pattern[str] | None
    pieces: re.Pattern[str] | None
    nothing: re.Pattern[str] | None
    before: bool
    last: bool

    def left_out(self, text: str) -> str:
        """The folded text without what looks like a negation, and is none."""
        folded = fold(text, self.language.language.code)
        return self.nothing.sub(" ", folded) if self.nothing else folded

    def is_one(self, word: str) -> bool:
        """Tell whether a folded word denies another."""
        return word in self.words or bool(self.forms and self.forms.fullmatch(word))

    def stands_in(self, text: str) -> bool:
        """Tell whether a text denies anything."""
        left = self.left_out(text)
        if self.pieces is not None:
            return self.pieces.search(left) is not None
        return any(map(self.is_one, self.language.words(left)))

    def without(self, text: str) -> str:
        """A folded text without its negations, where these are pieces of it."""
        return self.pieces.sub(" ", text) if self.pieces is not None else text

    def said(self, text: str) -> Said:
        """Tell apart what a text says and what it denies."""
        plain, denied = set[str](), set[str]()
        for clause in CLAUSE.split(self.left_out(text)):
            parted = self._by_words if self.pieces is None else self._by_pieces
            for word, is_denied in parted(clause):
                (denied if is_denied else plain).add(word)
        return Said(frozenset(plain), frozenset(denied))

    def _by_words(self, clause: str) -> Iterator[tuple[str, bool]]:
        stop_words = self.language.stop_words
        told = [word for word in self.language.words(clause) if self._tells(word)]
        kept = [at for at, word in enumerate(told) if not self.is_one(word)]
        denied = {
            at for each, word in enumerate(told) if self.is_one(word) for at in self._by(each, kept)
        }
        yield from ((told[at], at in denied) for at in kept if told[at] not in stop_words)

    def _tells(self, word: str) -> bool:
        return self.is_one(word) or word not in self.language.stop_words

    def _by(self, negation: int, kept: Sequence[int]) -> Sequence[int]:
        """The place of the word that a negation at some place denies, if there is one."""
        earlier, later = [at for at in kept if at < negation], [at for at in kept if at > negation]
        if self.before:
            return earlier[-1:] or later[:1]
        return later[:1] or (earlier[-1:] if self.last else [])

    def _by_pieces(self, clause: str) -> Iterator[tuple[str, bool]]:
        """Pairs of letters, of which the first of a run right before a negation is denied, or of
        one behind it."""
        assert self.pieces is not None
        parts = self.pieces.split(clause)
        for number, part in enumerate(parts):
            runs = [run for each in ENDINGS.sub(" ", part).split() if (run := self._pairs(each))]
            beside = len(runs) - 1 if self.before else 0
            denies = number + 1 < len(parts) if self.before else number > 0
            for at, (first, *others) in enumerate(runs):
                yield first, denies and at == beside
                yield from ((pair, False) for pair in others)

    def _pairs(self, run: str) -> list[str]:
        return self.language.words(run)


@cache
def negation(code: str) -> Negation | None:
    """The ways of a language to deny, by its code; None where that isn't known."""
    table = _tables().get(code)
    if table is None:
        return None
    language = analysis(code)
    return Negation(
        language,
        frozenset(fold(word, code) for word in table.get("words", "").split()),
        any_of(table.get("forms", []), code),
        any_of(table.get("pieces", []), code),
        any_of(table.get("nothing", []), code),
        table.get("before", False),
        table.get("last", False),
    )


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    text = files(__package__).joinpath("negations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def any_of(patterns: Sequence[str], code: str) -> re.Pattern[str] | None:
    """A pattern for any of some, as they stand in folded text; None for none."""
    return (
        re.compile("|".join(f"(?:{fold(each, code)})" for each in patterns)) if patterns else None
    )
