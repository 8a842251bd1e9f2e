"""The outline of a document's text: where its parts, headings and table rows begin."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from retrieval.types import BETWEEN_HEADINGS

from .formats.registry import BY_KIND

# Headings of a passage are kept no longer than this: some "headings" are whole paragraphs.
LONGEST_SECTION = 300


@dataclass(frozen=True, slots=True)
class Outline:
    """Offsets into a document's text, each list in order.

    `parts` are (offset, page or slide, if it has a number), `headings` (offset, level, title),
    `rows` (offset, number); `kind` is what the document was.
    """

    kind: str = "text"
    parts: tuple[tuple[int, int | None], ...] = ((0, None),)
    headings: tuple[tuple[int, int, str], ...] = ()
    rows: tuple[tuple[int, int], ...] = ()
    _offsets: list[int] = field(init=False, repr=False, compare=False)
    _paths: list[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_offsets", [offset for offset, _, _ in self.headings])
        object.__setattr__(self, "_paths", list(_paths(self.headings)))

    @property
    def headings_known(self) -> bool:
        """True where all headings are in the outline; else a line that stands alone may be one."""
        known = BY_KIND.get(self.kind)
        return known is not None and known.headings_known

    def section(self, offset: int) -> str:
        """The headings over the text that begins at an offset, outermost first, in one line."""
        found = bisect_right(self._offsets, offset)
        return self._paths[found - 1] if found else ""

    def headings_in(self, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
        """The headings that begin between two offsets."""
        return self.headings[bisect_left(self._offsets, start) : bisect_left(self._offsets, end)]

    def rows_in(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The rows of a part between two offsets, one that began before them included."""
        first = max(0, bisect_right(self.rows, start, key=itemgetter(0)) - 1)
        part = self.parts[max(0, bisect_right(self.parts, start, key=itemgetter(0)) - 1)][0]
        first += first < len(self.rows) and self.rows[first][0] < part
        return self.rows[first : bisect_right(self.rows, end - 1, key=itemgetter(0))]


def _paths(headings: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    above: list[tuple[int, str]] = []
    for _, level, title in headings:
        above = [*((upper, name) for upper, name in above if upper < level), (level, title)]
        yield BETWEEN_HEADINGS.join(name for _, name in above)[:LONGEST_SECTION].rstrip()


def read_outline(kind: str, parts: str, headings: str, rows: str) -> Outline:
    """The outline whose lists the catalog keeps as JSON."""
    lists: list[Any] = [tuple(map(tuple, json.loads(kept))) for kept in (parts, headings, rows)]
    return Outline(kind, *lists)
