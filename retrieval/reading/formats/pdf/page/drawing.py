"""Tell columns of text from the rows of a table by the order in which they are drawn.

Programs draw what is read first, first: text column by column, and a table row by row.
"""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from .direction import runs_leftward
from .gutters import Band

# Lines on both sides, drawn at one go: fewer are a row of a table if there is another such row.
FEWEST_LINES = 4
DRAWN_BACK = 8  # so many lines in columns may have one that was drawn out of turn
LEFT, RIGHT = 0, 1


class Visit(NamedTuple):
    """Lines of one side that are drawn one after the other, from the first to past the last."""

    side: int
    first: int
    end: int
    lines: int


def is_leftward(band: Band) -> bool:
    """Return whether the right side is read first."""
    texts = (piece.text for row in (*band.left, *band.right) for piece in row)
    return runs_leftward(" ".join(texts))


def segments(band: Band) -> list[tuple[bool, Band]]:
    """The parts of a band from the top, and whether each is columns of text, not rows."""
    visits = list(_visits(band))
    blocks = _blocks(visits, RIGHT if is_leftward(band) else LEFT)
    spans = [(min(v.first for v in block), max(v.end for v in block)) for block in blocks]
    if any(above[1] > below[0] for above, below in pairwise(spans)):
        return [(len(visits) - 1 <= max(1, band.both // DRAWN_BACK), band)]
    kinds = [_is_columns(block) for block in blocks]
    if len(blocks) == 1:
        return [(band.both > 1, band)]
    parts: list[tuple[bool, Band]] = []
    for in_columns, group in groupby(zip(kinds, spans, strict=True), lambda each: each[0]):
        held = [span for _, span in group]
        joined = held if in_columns else [(held[0][0], held[-1][1])]
        parts += [(in_columns, _part(band, *span)) for span in joined]
    return parts


def _visits(band: Band) -> Iterator[Visit]:
    placed = [
        (piece.drawn, side, at)
        for side, rows in enumerate((band.left, band.right))
        for at, row in enumerate(rows)
        for piece in row
    ]
    for side, drawn in groupby(sorted(placed), lambda each: each[1]):
        lines = {at for _, _, at in drawn}
        yield Visit(side, min(lines), max(lines) + 1, len(lines))


def _blocks(visits: list[Visit], begins: int) -> list[list[Visit]]:
    """The visits to both sides, first to the one where reading begins."""
    blocks: list[list[Visit]] = []
    for visit in visits:
        if visit.side == begins or not blocks:
            blocks.append([])
        blocks[-1].append(visit)
    return blocks


def _is_columns(block: list[Visit]) -> bool:
    return len(block) > 1 and min(visit.lines for visit in block) >= FEWEST_LINES


def _part(band: Band, start: int, end: int) -> Band:
    return Band(band.first + start, band.first + end, band.left[start:end], band.right[start:end])
