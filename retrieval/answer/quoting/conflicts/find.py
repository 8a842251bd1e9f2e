"""Find the places that say otherwise than an answer, among the passages that were found for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.answer.citation import cite
from retrieval.answer.quoting.quote import undressed
from retrieval.types import Answer, Citation, Passage

from .compare import Asked, Comparison, same_document
from .statement import Statement

# Sentences of a passage that are looked at, those that match the question best; statements of a
# quote; and places that are shown.
LOOKED_AT, QUOTED, SHOWN = 3, 4, 3
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# The version that a statement stands in, and where.
Key = tuple[str, int]


def key_of(one: Statement) -> Key:
    """The place of a statement."""
    return one.passage.version, one.start


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds what says otherwise than an answer, in other documents. It is silent where it isn't
    sure: what may be about something else is left out."""

    comparison: Comparison

    def find(self, answer: Answer) -> tuple[Citation, ...]:
        """The places that say otherwise than a quote of the answer, each with that one's number.

        Of an older or newer version of the quoted document, it is said that it is one. Only what
        is in one language is compared.
        """
        languages = dict.fromkeys(passage.language for passage in answer.passages)
        known = filter(None, map(self.comparison.in_language, languages))
        found = [place for each in known for place in _Side(each, answer).otherwise()]
        return tuple(found)[:SHOWN]


@dataclass(frozen=True, slots=True)
class _Side:
    """Of an answer, the passages in one language."""

    comparison: Comparison
    answer: Answer

    def otherwise(self) -> Iterator[Citation]:
        """The places that say otherwise than a quote of the answer."""
        asked = self.comparison.asked(self.answer.question)
        others = [each for each in self._others() if asked.person or each.states_something]
        found, sides = dict[Key, Citation](), set[Key]()
        for number, mine in self._on_question(asked):
            for theirs in others:
                elsewhere = theirs.passage.document != mine.passage.document
                # Of two that are quoted both, the second says otherwise than the first.
                if not elsewhere or key_of(theirs) in found or key_of(theirs) in sides:
                    continue
                if self.comparison.differ(mine, theirs, asked):
                    found[key_of(theirs)] = _cited(number, mine, theirs)
                    sides.add(key_of(mine))
        yield from found.values()

    def _on_question(self, asked: Asked) -> list[tuple[int, Statement]]:
        """The statements that the answer quotes, each with the number of its footnote: those that
        speak of as much of what was asked about as any of them."""
        quoted = list(self._quoted())
        said = [asked.words & (mine.facts.subject | mine.around) for _, mine in quoted]
        most = max(map(len, said), default=0)
        found = [each for each, of in zip(quoted, said, strict=True) if len(of) == most]
        return [each for each in found if asked.person or each[1].states_something][:QUOTED]

    def _quoted(self) -> Iterator[tuple[int, Statement]]:
        for cited in self.answer.citations:
            passage = next((p for p in self._passages() if _holds(p, cited)), None)
            spans = [] if passage is None else _sentences_in(passage, cited)
            for start, end in spans[:QUOTED]:
                assert passage is not None
                if found := self.comparison.statement(passage, start, end):
                    yield cited.number, found

    def _others(self) -> Iterator[Statement]:
        """The statements that match the question best, of each passage."""
        for passage in self._passages():
            best = sorted(passage.sentences, key=lambda s: -(s.score + s.words + s.answered))
            for sentence in best[:LOOKED_AT]:
                if found := self.comparison.statement(passage, sentence.start, sentence.end):
                    yield found

    def _passages(self) -> Iterator[Passage]:
        passages = self.answer.passages
        yield from (each for each in passages if each.language == self.comparison.language)


def _holds(passage: Passage, cited: Citation) -> bool:
    return (
        passage.version == cited.version
        and passage.start <= cited.start
        and cited.end <= passage.end
    )


def _sentences_in(passage: Passage, cited: Citation) -> list[tuple[int, int]]:
    inside = [s for s in passage.sentences if s.start < cited.end and cited.start < s.end]
    return [(s.start, s.end) for s in sorted(inside, key=lambda s: -s.score)]


def _cited(number: int, mine: Statement, theirs: Statement) -> Citation:
    begin, stop = undressed(theirs.passage.slice(theirs.start, theirs.end))
    cited = cite(number, theirs.passage, theirs.start + begin, theirs.start + stop)
    return replace(cited, age=age_of(theirs.passage, mine.passage))


def age_of(one: Passage, other: Passage) -> str:
    """“older” or “newer” where a document is another version of the other one; else ""."""
    if not same_document(one, other):
        return ""
    mine, theirs = _dated(one), _dated(other)
    if not mine or not theirs or mine == theirs:
        return ""
    return "older" if mine < theirs else "newer"


def _dated(passage: Passage) -> str:
    """The date of a document, or the year in its title."""
    years: Sequence[str] = YEAR.findall(passage.title)
    return passage.date or (years[-1] if years else "")
