"""The lists of OpenDocument texts: their marks, and the numbers of their items."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from .docx_numbering import BULLET, LONGEST_LABEL, number, written
from .package import attribute, local

FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman"}
FORMATS |= {"I": "upperRoman", "": "none"}


@dataclass(slots=True)
class _OpenList:
    style: str
    count: int | None


class Lists:
    """The lists of a text that are open, and how far each style and level has counted."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._levels = {
            (attribute(style, "name"), number(attribute(level, "level"), 1)): level
            for root in roots
            for style in root.iter("{*}list-style")
            for level in style
        }
        self._open: list[_OpenList] = []
        self._last = dict[tuple[str, int], int]()

    def begin(self, element: etree._Element) -> None:
        """Begin a list, which goes on with an earlier one where it says so."""
        above = self._open[-1].style if self._open else ""
        style = attribute(element, "style-name") or above
        goes_on = attribute(element, "continue-numbering") == "true"
        goes_on = goes_on or bool(attribute(element, "continue-list"))
        last = self._last.get((style, len(self._open) + 1)) if goes_on else None
        self._open.append(_OpenList(style, last))

    def end(self) -> None:
        """End a list."""
        ended = self._open.pop()
        if ended.count is not None:
            self._last[ended.style, len(self._open) + 1] = ended.count

    def count(self, item: etree._Element) -> None:
        """Begin an item."""
        if not self._open:
            return
        listed, told = self._open[-1], attribute(item, "start-value")
        level = self._levels.get((listed.style, len(self._open)))
        first = number(attribute(level, "start-value"), 1) if level is not None else 1
        following = first if listed.count is None else listed.count + 1
        listed.count = number(told, following)

    def mark(self) -> str:
        """The mark in front of the item that was begun: "- ", "3. "."""
        depth = len(self._open)
        level = self._levels.get((self._open[-1].style, depth)) if self._open else None
        if level is None or local(level) != "list-level-style-number":
            return BULLET
        shown = min(number(attribute(level, "display-levels"), 1), depth)
        counts = [self._written(at) for at in range(depth - shown + 1, depth + 1)]
        label = ".".join(filter(None, counts))
        label = f"{attribute(level, 'num-prefix')}{label}{attribute(level, 'num-suffix')}".strip()
        return f"{label[:LONGEST_LABEL]} " if label else ""

    def _written(self, depth: int) -> str:
        listed = self._open[depth - 1]
        level = self._levels.get((listed.style, depth))
        kind = attribute(level, "num-format") if level is not None else ""
        return written(listed.count or 1, FORMATS.get(kind, "decimal"))
