"""The setting of a document: its usual type, the distance of its lines, and what is a heading."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import Line

# The distance of lines in one paragraph, in sizes of their type: usually 1.2, with double spacing
# about twice that. Where paragraphs have several lines, at least a quarter of distances are these.
CLOSEST, USUAL, WIDEST = 0.8, 1.2, 2.5
LARGER = 1.15  # times the size of most text, at least, is the size of headings
LEVELS = 6
WIDER = 1.3  # times the usual distance of lines is a gap that parts paragraphs
# Lines with raised or lowered signs stand farther apart: a sentence goes on over such a gap.
RAISED, LONG = 1.8, 40  # times the usual distance; characters of the line before
SET_OFF = re.compile(r"\w*[⁰-₎²³¹]")
SENTENCE_ENDS = tuple(".:!?…”»")


@dataclass(frozen=True, slots=True)
class Setting:
    """The usual distance of lines, in sizes of their type, and headings' sizes, largest first."""

    spacing: float
    headings: tuple[float, ...]

    def level(self, line: Line) -> int:
        """The level that a line has as a heading, by the size of its type; 0 for other text."""
        size = 0.0 if line.cells else _rounded(line.size)
        return self.headings.index(size) + 1 if size in self.headings else 0

    def parts(self, line: Line, following: Line) -> bool:
        """Return whether a line ends a paragraph, by place and size of the following one."""
        smaller, larger = sorted((line.size, following.size))
        if not smaller or larger > LARGER * smaller:
            return bool(smaller)
        gap = line.height - following.height
        if gap < -larger:
            # At the head of the next column a sentence may go on.
            return not following.text[:1].islower()
        widest = RAISED if _goes_on(line.text, following.text) else WIDER
        return gap > widest * self.spacing * larger


def _goes_on(line: str, following: str) -> bool:
    """Return whether a sentence goes on in the next line, as the words alone tell."""
    if len(line) < LONG or line.endswith(SENTENCE_ENDS):
        return False
    return following[:1].islower() or SET_OFF.match(following) is not None


def setting_of(lines: Sequence[Line]) -> Setting:
    """The setting of the document with these lines."""
    sizes = Counter[float]()
    for line in lines:
        sizes[_rounded(line.size)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((size for size in sizes if usual and size >= LARGER * usual), reverse=True)
    return Setting(_spacing(lines), tuple(larger[:LEVELS]))


def _spacing(lines: Sequence[Line]) -> float:
    pairs = ((a, b) for a, b in pairwise(lines) if a.size and _rounded(a.size) == _rounded(b.size))
    distances = ((above.height - below.height) / above.size for above, below in pairs)
    likely = sorted(distance for distance in distances if CLOSEST < distance <= WIDEST)
    return likely[len(likely) // 4] if likely else USUAL


def _rounded(size: float) -> float:
    return round(size * 2) / 2
