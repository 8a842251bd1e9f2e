"""Passages → the windows that the reader reads: a few sentences each, under their heading.

A reader's time grows with what it reads, and a few sentences around the answer tell as much as the
whole passage does.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat

from retrieval.text.segmentation.sentences import sentences
from retrieval.types import Passage, headed

LONGEST = 420  # characters of a window, its heading left out
HEADING = 90  # characters of a heading: its last ones, which tell most
MOST = 8
# So many of the passages, best first, have a window whatever their sentences' scores are.
SURE = 4
# The score of what no sentence that was scored stands in.
UNKNOWN = 0.0

# A sentence's document, and the offset at which it begins.
_Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Window:
    """A run of whole sentences of a passage; `start` and `end` are offsets into its document."""

    passage: Passage
    start: int
    end: int

    @property
    def heading(self) -> str:
        """The line above the text: the document's title and the headings, or their end."""
        line = " ".join(headed(self.passage.title, self.passage.section).split())
        return line[-HEADING:].lstrip()

    @property
    def text(self) -> str:
        """The document's text from `start` to `end`, to the letter."""
        return self.passage.slice(self.start, self.end)

    @property
    def shown(self) -> str:
        """The text as the reader reads it: the heading, a line break, the text."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text

    @property
    def above(self) -> int:
        """The number of characters of `shown` that stand before `text`."""
        return len(self.heading) + 1 if self.heading else 0


def cut(passage: Passage, longest: int = LONGEST) -> list[Window]:
    """The windows of a passage: every run of its sentences that `longest` characters hold.

    Windows overlap: each begins with another sentence and goes as far as it may. A sentence longer
    than that is a window of its own. All that can be seen of the passage stands in some window.
    """
    blocks = list(_blocks(passage))
    found = list[Window]()
    for first, (start, _) in enumerate(blocks):
        fitting = [end for _, end in blocks[first:] if end - start <= longest]
        end = fitting[-1] if fitting else blocks[first][1]
        if not found or end > found[-1].end:
            found.append(Window(passage, start, end))
    return found


def _blocks(passage: Passage) -> Iterator[tuple[int, int]]:
    """The spans of a passage's sentences, and of what else can be seen of it, such as headings."""
    spans = sorted((sentence.start, sentence.end) for sentence in passage.sentences)
    edges = [(passage.start, passage.start), *spans, (passage.end, passage.end)]
    for (_, before), (start, end) in pairwise(edges):
        for gap in sentences(passage.slice(before, max(before, start))):
            yield before + gap.start, before + gap.end
        if end > start:
            yield start, end


def choose(passages: Sequence[Passage], most: int = MOST, sure: int = SURE) -> list[Window]:
    """The windows of several passages that are most worth reading, in the passages' order.

    Each of the first `sure` passages has one at least. The others go, one after the other, to the
    best sentence that no window chosen before holds. Passages may share sentences.
    """
    by_passage = [list(map(_Candidate.of, cut(passage))) for passage in passages]
    candidates = list(chain.from_iterable(by_passage))
    chosen, shown = set[int](), set[_Place]()
    for offered in [*filter(None, by_passage[:sure]), *repeat(candidates, most)]:
        best = max(offered, key=lambda candidate: candidate.worth(shown), default=None)
        if best and len(chosen) < most and not best.places <= shown:
            chosen.add(id(best))
            shown |= best.places
    return [candidate.window for candidate in candidates if id(candidate) in chosen]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A window with the scores of its sentences."""

    window: Window
    scores: Mapping[_Place, float]

    @classmethod
    def of(cls, window: Window) -> "_Candidate":
        """A window with the sentences that lie in it; with itself as one where none does."""
        passage = window.passage
        inside = {
            (passage.document, sentence.start): sentence.score
            for sentence in passage.sentences
            if window.start <= sentence.start and sentence.end <= window.end
        }
        return cls(window, inside or {(passage.document, window.start): UNKNOWN})

    @property
    def places(self) -> set[_Place]:
        """The places of its sentences."""
        return set(self.scores)

    def worth(self, shown: Collection[_Place]) -> tuple[float, float]:
        """The score of the best sentence that is not shown yet, and all scores in sum."""
        new = (score for place, score in self.scores.items() if place not in shown)
        return max(new, default=float("-inf")), sum(self.scores.values())
