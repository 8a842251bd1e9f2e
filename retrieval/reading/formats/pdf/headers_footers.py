"""Leave out the lines that repeat at the top and the foot of pages: titles, page numbers."""

import re
from collections import Counter

from .lines import Line
from .typography import Setting

FEWEST_PAGES = 3
# A book's left and right pages may have different ones, each on half of the pages.
SMALLEST_SHARE = 0.4
DEEPEST = 2  # lines at either end of a page
DIGITS = re.compile(r"\d+")
Pages = dict[int, list[Line]]


def without_running_lines(pages: Pages, setting: Setting) -> Pages:
    """The pages without lines that stand first or last on many of them, but for their digits.

    Such lines stand apart from the text, and aren't set larger: those are headings. No page is
    emptied.
    """
    for end in (0, -1):
        for _ in range(DEEPEST):
            pages = _without(pages, end, setting)
    return pages


def _without(pages: Pages, end: int, setting: Setting) -> Pages:
    apart = {n: lines[end] for n, lines in pages.items() if _stands_apart(lines, end, setting)}
    folded = {n: DIGITS.sub("#", line.text) for n, line in apart.items()}
    counts = Counter(folded.values())
    needed = max(FEWEST_PAGES, len(pages) * SMALLEST_SHARE)
    return {
        n: _cut(lines, end) if counts[folded.get(n, "")] >= needed else lines
        for n, lines in pages.items()
    }


def _stands_apart(lines: list[Line], end: int, setting: Setting) -> bool:
    if len(lines) < 2:  # noqa: PLR2004 -- itself, and something to stand apart from
        return False
    upper, lower = lines[:2] if end == 0 else lines[-2:]
    return not setting.level(lines[end]) and setting.parts(upper, lower)


def _cut(lines: list[Line], end: int) -> list[Line]:
    return lines[1:] if end == 0 else lines[:-1]
