"""Rows like SQuAD's: a question on a paragraph, its answer, or what looks like one and is none."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from retrieval.search.reader.windows import Window, cut

from .example import (
    Example,
    Overlap,
    Span,
    answered_in,
    as_passage,
    holding,
    unanswered,
    without_heading,
)
from .noise import typed
from .swaps import names, other_name, other_number

# Articles that are only measured with.
VALIDATION = frozenset({"Pharmacy", "Fresno,_California", "Ctenophora"})
# Questions matched to a paragraph by likeness, less sure than this, are left out.
LEAST_SURE = 0.5
UNKNOWN = "?"
# The most names of an article that may stand for another.
MOST_NAMES = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A question; `answer` and `plausible` are spans of the paragraph, or None."""

    title: str
    context: str
    question: str
    answer: Span | None
    plausible: Span | None


def read_rows(path: Path) -> list[Row]:
    """The rows of a compressed JSON file, a list of objects."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        listed = json.load(file)
    return [
        Row(row["title"], row["context"], row["question"], _span(row["answer"]), _span(near))
        for row in listed
        if (row.get("score") or 1.0) >= LEAST_SURE
        for near in [row.get("plausible")]
    ]


def _span(value: Sequence[int] | None) -> Span | None:
    return (int(value[0]), int(value[1])) if value else None


class SquadExamples:
    """Makes examples of rows: each epoch draws its own."""

    def __init__(self, rows: Sequence[Row], overlap: Overlap) -> None:
        self._overlap = overlap
        self.rows = rows
        self._windows = lru_cache(None)(_windows)
        self._contexts = defaultdict[str, list[str]](list)
        for title, context in dict.fromkeys((row.title, row.context) for row in rows):
            self._contexts[title].append(context)
        self._names = lru_cache(None)(self._names_of)

    def draw(self, rng: Random) -> Iterator[Example]:
        """The examples of one epoch, none of an article that is measured with."""
        for row in self.rows:
            windows = self._windows(row.title, row.context)
            if row.title not in VALIDATION and windows:
                # Titles are shown in use; half without, so that the text is read as well.
                shown = windows if rng.random() < 0.5 else [*map(without_heading, windows)]
                made = self._answered if row.answer else self._near_miss
                yield from made(row, shown, rng)

    def validation(self) -> Iterator[Example]:
        """The examples of the articles that are measured with, as they stand."""
        for row in self.rows:
            windows = self._windows(row.title, row.context)
            if row.title in VALIDATION and windows:
                span = row.answer or row.plausible
                fitting = holding(windows, span) if span else []
                best = self._overlap.ranked(row.question, fitting or windows)[0]
                if row.answer and fitting:
                    yield answered_in(best, row.question, row.answer)
                elif not row.answer:
                    yield unanswered(best, row.question)

    def _answered(self, row: Row, windows: Sequence[Window], rng: Random) -> Iterator[Example]:
        assert row.answer
        fitting = self._overlap.ranked(row.question, holding(windows, row.answer))
        if not fitting:
            return
        window = fitting[0] if rng.random() < 0.7 else rng.choice(fitting)
        yield answered_in(window, typed(row.question, rng), row.answer)
        answer = row.context[slice(*row.answer)]
        for question in self._swapped(row, answer, rng):
            yield unanswered(window, typed(question, rng))
        for other in self._elsewhere(row, windows, answer, rng):
            yield unanswered(other, typed(row.question, rng))

    def _near_miss(self, row: Row, windows: Sequence[Window], rng: Random) -> Iterator[Example]:
        fitting = holding(windows, row.plausible) if row.plausible else []
        best = self._overlap.ranked(row.question, fitting or windows)[0]
        yield unanswered(best, typed(row.question, rng))

    def _swapped(self, row: Row, answer: str, rng: Random) -> Iterator[str]:
        """Questions that the paragraph doesn't answer, though it does answer one much like them."""
        if rng.random() < 0.3:
            near = [match.group() for match in names(row.context)]
            known = near if rng.random() < 0.5 else self._names(row.title)
            question = other_name(row.question, answer, known, rng)
            yield from [question] if question else []
        if rng.random() < 0.4:
            question = other_number(row.question, answer, row.context, rng)
            yield from [question] if question else []

    def _elsewhere(
        self, row: Row, windows: Sequence[Window], answer: str, rng: Random
    ) -> Iterator[Window]:
        """A window of the same paragraph or article without the answer, now and then."""
        chance = rng.random()
        if chance < 0.12:
            offered = windows
        elif chance < 0.18:
            offered = self._windows(row.title, rng.choice(self._contexts[row.title]))
        else:
            return
        without = [window for window in offered if answer not in window.text]
        yield from self._overlap.ranked(row.question, without)[:1]

    def _names_of(self, title: str) -> list[str]:
        """The names of an article."""
        found = (names(context) for context in self._contexts[title])
        distinct = dict.fromkeys(match.group() for matches in found for match in matches)
        return list(distinct)[:MOST_NAMES]


def _windows(title: str, context: str) -> list[Window]:
    # Some paragraphs' articles aren't known: they have a name of their own, which no reader sees.
    return cut(as_passage("" if title.startswith(UNKNOWN) else title.replace("_", " "), context))
