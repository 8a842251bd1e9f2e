"""One thing to learn from: a question, a window's text, and whether and where it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.search.reader.marks import Mark, Marker, Word
from retrieval.search.reader.windows import Window
from retrieval.text.segmentation.sentences import sentences
from retrieval.types import Passage, SentenceScore

Span = tuple[int, int]

# A stem longer than this counts twice: it is seldom a word that any text has.
SHORT_STEM = 5
KEPT_TEXTS = 100_000


@dataclass(frozen=True, slots=True)
class Example:
    """`span` are the answer's characters in `text`; None where it isn't known, or there is none."""

    question: str
    text: str
    answered: bool
    span: Span | None = None


def answered_in(window: Window, question: str, answer: Span) -> Example:
    """A window that answers a question; `answer` is in the document, and may go beyond."""
    moved = window.above - window.start
    start, end = max(answer[0], window.start), min(answer[1], window.end)
    return Example(question, window.shown, True, (start + moved, end + moved))


def unanswered(window: Window, question: str) -> Example:
    """A window that doesn't answer a question."""
    return Example(question, window.shown, False)


def as_passage(title: str, text: str) -> Passage:
    """A text of which nothing else is known as the one passage of a document."""
    found = (SentenceScore(start, end, 0.0) for start, end, _, _ in sentences(text))
    return Passage(title, title, title, None, 0, len(text), text, sentences=tuple(found))


def without_heading(window: Window) -> Window:
    """The same window of a document without a title."""
    return replace(window, passage=replace(window.passage, title="", section=""))


def holding(windows: Sequence[Window], answer: Span) -> list[Window]:
    """The windows in which an answer stands whole."""
    return [window for window in windows if window.start <= answer[0] and answer[1] <= window.end]


class Overlap:
    """Tells how many of a question's words a text has."""

    def __init__(self, marker: Marker) -> None:
        self._marker = marker
        self._words = lru_cache(KEPT_TEXTS)(marker.words)

    def of(self, question: str, text: str) -> int:
        """The number of the question's words that stand in the text, rare-looking ones twice."""
        asked: list[Word] = self._words(question)
        marked = zip(asked, self._marker.mark(asked, self._words(text)), strict=True)
        held = {word.stem for word, seen in marked if seen.mark is Mark.HELD}
        return sum(1 + (len(stem) > SHORT_STEM) for stem in held)

    def ranked(self, question: str, windows: Sequence[Window]) -> list[Window]:
        """Windows, those with most of the question's words first."""
        return sorted(windows, key=lambda window: -self.of(question, window.shown))
