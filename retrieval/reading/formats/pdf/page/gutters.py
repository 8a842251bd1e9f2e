"""Find the gutters of a page: the blank stripes between columns of text and of tables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from .pieces import GAP, Piece, Word

# In sizes of type.
JOINT = 3.0  # points that a word may overflow its cell by
NARROWEST = 0.15  # of a gutter, where cells fill their columns
FULL_CELL = 0.4  # between two cells of a line that fill theirs
WIDER = 1.5  # times the usual gap between words of that line, at least, is a gutter
NEAR_MIDDLE = 1.5  # from a gutter's middle, where a word that runs through it may be parted
FARTHEST = 3.0  # from one line to the next of the same column
FEWEST_EDGES, ALIGNED = 3, 0.6  # lines, and their share, that have a word begin at one place
BESIDE, LINES_BESIDE = 0.8, 2  # lines that overlap in height stand side by side
CLOSE = 2.5  # from one line to the next where only the right column goes on
MOST_PIECES = 3_000  # more are not looked at for columns: a page of small print has a few hundred

Row = list[Piece]
NO_EDGES = frozenset[int]()


class Band(NamedTuple):
    """Lines of a page that a gutter runs through, with their pieces at the left and the right of
    it; `first` and `end` number the lines in those that were looked at.
    """

    first: int
    end: int
    left: list[Row]
    right: list[Row]

    @property
    def both(self) -> int:
        """The number of lines on the left that have something beside them on the right."""
        return len(self.facing())

    def facing(self) -> list[int]:
        """The lines on the left that have something beside them, if only half a line lower."""
        return [at for at, row in enumerate(self.left) if row and _faces(row, self.right, at)]

    def without_tail(self, leading: float) -> "Band":
        """The band without the lines at its end that stand apart by more than `leading` sizes."""
        return _trimmed(self, leading)


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """The pieces of each line across the page, lines from the top and pieces from the left."""
    return [list(row) for _, row in groupby(pieces, key=lambda piece: piece.row)]


def main_band(rows: Sequence[Row]) -> Band | None:
    """The lines about the gutter that has the most lines with text on both sides."""
    best: Band | None = None
    for band in _bands(rows):
        if band.both > (best.both if best else 0):
            best = band
    return best


def band_of_all(rows: Sequence[Row]) -> Band | None:
    """The lines about a gutter that runs through all lines; of several the most used one."""
    for edges in (NO_EDGES, _edges(rows)):
        found = _bands(rows, edges, far=True)
        through = [band for band in found if band.end - band.first == len(rows) and band.both]
        if through:
            return max(through, key=lambda band: band.both)
    return None


def _bands(
    rows: Sequence[Row], edges: frozenset[int] = NO_EDGES, far: bool = False
) -> Iterator[Band]:
    """The lines about every gutter; also those `far` from one another, within a table.

    Words that begin at `edges` may be as near to the word before as any.
    """
    if sum(map(len, rows)) > MOST_PIECES:
        return
    seen: list[tuple[int, int, float, float]] = []
    for at, row in enumerate(rows):
        for left, right in _blanks(rows, at, row):
            if any(first <= at < end and a < right and left < b for first, end, a, b in seen):
                continue
            band, gutter = _band_about(rows, at, (left, right), edges, far)
            seen.append((band.first, band.end, *gutter))
            if band.facing():
                yield _trimmed(band)


def _blanks(rows: Sequence[Row], at: int, row: Row) -> Iterator[tuple[float, float]]:
    """The blank stretches of a line, and those between it and what stands half a line lower."""
    yield from ((before.right, after.left) for before, after in pairwise(row))
    for below in rows[at + 1 : at + 1 + LINES_BESIDE]:
        for one in row:
            for other in below:
                if _beside(one, other):
                    first, second = sorted((one, other), key=lambda piece: piece.left)
                    if second.left - first.right >= GAP * one.size:
                        yield first.right, second.left


def _beside(one: Piece, other: Piece) -> bool:
    return abs(one.foot - other.foot) < BESIDE * min(one.size, other.size)


def _faces(row: Row, others: Sequence[Row], at: int) -> bool:
    near = others[max(0, at - LINES_BESIDE) : at + 1 + LINES_BESIDE]
    return any(_beside(row[0], piece) for other in near for piece in other)


def _band_about(
    rows: Sequence[Row], at: int, gutter: tuple[float, float], edges: frozenset[int], far: bool
) -> tuple[Band, tuple[float, float]]:
    """The lines, next to the one at `at`, that a gutter runs through, and what is left of it."""
    first, end = at, at + 1
    while first and (far or _near(rows[first - 1], rows[first])):
        narrowed = _narrowed(rows[first - 1], gutter, edges)
        if narrowed is None:
            break
        gutter, first = narrowed, first - 1
    while end < len(rows) and (far or _near(rows[end - 1], rows[end])):
        narrowed = _narrowed(rows[end], gutter, edges)
        if narrowed is None:
            break
        gutter, end = narrowed, end + 1
    middle = sum(gutter) / 2
    sides = [_sides(row, middle) for row in rows[first:end]]
    band = Band(first, end, [left for left, _ in sides], [right for _, right in sides])
    return band, gutter


def _near(above: Row, below: Row) -> bool:
    size = max(piece.size for piece in (*above, *below))
    return above[0].foot - below[0].foot < FARTHEST * size


def _edges(rows: Sequence[Row]) -> frozenset[int]:
    """The places, in half points, where a word begins in most lines: those of columns."""
    found = Counter(
        edge
        for row in rows
        for edge in {round(word.left * 2) for piece in row for word in piece.words}
        - {round(row[0].left * 2)}
    )
    least = max(FEWEST_EDGES, ALIGNED * len(rows))
    return frozenset(edge for edge, count in found.items() if count >= least)


def _narrowed(
    row: Row, gutter: tuple[float, float], edges: frozenset[int]
) -> tuple[float, float] | None:
    """The part of a gutter that a line leaves blank; None where there is too little."""
    left, right = gutter
    least = NARROWEST * row[0].size
    for piece in row:
        if piece.right <= left or piece.left >= right:
            continue
        if any(
            left - JOINT <= at <= right + JOINT for word in piece.words for _, at in word.joints
        ):
            continue
        for start, end in _blocks_of(piece, edges):
            if start <= left < end:
                left = end
            elif start < right <= end:
                right = start
            elif left < start < right:
                # The wider part, beside what stands in the middle of it.
                left, right = (left, start) if start - left > right - end else (end, right)
    return (left, right) if right - left >= least else None


def _blocks_of(piece: Piece, edges: frozenset[int]) -> Iterator[tuple[float, float]]:
    """The stretches of a piece that are parted by more than its usual space, or at an edge."""
    start, end = piece.words[0].left, piece.words[0].right
    widest = _widest_space(piece.words)
    for word in piece.words[1:]:
        if word.left - end >= widest or round(word.left * 2) in edges:
            yield start, end
            start = word.left
        end = max(end, word.right)
    yield start, end


def _widest_space(words: Sequence[Word]) -> float:
    """The least gap between words that may be a gutter, in points."""
    gaps = [after.left - before.right for before, after in pairwise(words)]
    usual = median(gaps) if gaps[2:] else 0.0
    size = words[0].size
    return min(GAP * size, max(FULL_CELL * size, WIDER * usual))


def _sides(row: Row, middle: float) -> tuple[Row, Row]:
    """The pieces of a line on both sides of a gutter; one that it runs through is parted."""
    left: Row = []
    right: Row = []
    for piece in row:
        words = [part for word in piece.words for part in _parts(word, middle)]
        before = tuple(word for word in words if word.left + word.right < 2 * middle)
        after = tuple(words[len(before) :])
        if before:
            left.append(piece._replace(words=before))
        if after:
            right.append(piece._replace(words=after))
    return left, right


def _parts(word: Word, middle: float) -> tuple[Word, ...]:
    """The word, in two where it runs into the next cell."""
    if word.joints and word.left < middle < word.right:
        joint, at = min(word.joints, key=lambda each: abs(each[1] - middle))
        if abs(at - middle) < NEAR_MIDDLE * word.size:
            return word.parted(joint, at)
    return (word,)


def _trimmed(band: Band, close: float = CLOSE) -> Band:
    """The band without what stands above and below its columns on one side only.

    A line on one side belongs to them where it was drawn amidst them.
    """
    full = band.facing() or [0]
    start, stop = full[0], full[-1] + 1
    inside = [piece for row in (*band.left[start:stop], *band.right[start:stop]) for piece in row]
    earliest = min(piece.drawn for piece in inside)
    latest = max(piece.drawn for piece in inside)
    while start and earliest < min(_row(band, start - 1), key=_drawn).drawn < latest:
        start -= 1
    while stop < len(band.left) and _goes_on(band, stop, latest, close):
        stop += 1
    left, right = band.left[start:stop], band.right[start:stop]
    return Band(band.first + start, band.first + stop, left, right)


def _goes_on(band: Band, at: int, latest: int, close: float) -> bool:
    row = _row(band, at)
    if max(piece.drawn for piece in row) < latest:
        return True
    return not band.left[at] and _row(band, at - 1)[0].foot - row[0].foot <= close * row[0].size


def _row(band: Band, at: int) -> Row:
    return band.left[at] or band.right[at]


def _drawn(piece: Piece) -> int:
    return piece.drawn
