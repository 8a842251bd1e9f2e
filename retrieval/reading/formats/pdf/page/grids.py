"""Find the grids that lines make on a page: columns and rows, and the cells merged in them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .rules import Rule

MOST_LINES = 400  # the longest ones of each direction
MOST_COLUMNS, MOST_ROWS = 40, 300
# In points.
SAME_PLACE = 1.6  # lines no farther from one another are the two edges of one
BREAK = 4.0  # a line may be broken by, and end before the line that it meets
FEWEST = 2  # rows, and columns


class Span(NamedTuple):
    """A cell: the rows and columns of a grid that it spans, the last ones included."""

    top: int
    bottom: int
    left: int
    right: int


class Grid(NamedTuple):
    """The places of lines: of the upright ones from the left, of the level ones from the top, and
    for each place between two, in rows and columns, the cell that it belongs to.
    """

    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: tuple[tuple[Span, ...], ...]

    @property
    def area(self) -> float:
        """The part of the page that it takes up, in square points."""
        return (self.across[-1] - self.across[0]) * (self.down[0] - self.down[-1])

    def touches(self, other: "Grid") -> bool:
        """Return whether two grids lie over one another."""
        beside = self.across[0] >= other.across[-1] or other.across[0] >= self.across[-1]
        return not beside and self.down[-1] < other.down[0] and other.down[-1] < self.down[0]


class _Line(NamedTuple):
    """Rules that stand at one place, with the stretches that they cover."""

    upright: bool
    at: float
    stretches: tuple[tuple[float, float], ...]

    @property
    def length(self) -> float:
        return sum(end - start for start, end in self.stretches)

    def covers(self, place: float) -> bool:
        return any(start <= place <= end for start, end in self.stretches)

    def meets(self, start: float, end: float) -> bool:
        """Return whether it is drawn anywhere between two places."""
        return any(start <= theirs and ours <= end for ours, theirs in self.stretches)


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of at least two rows and columns, the smaller ones first."""
    upright = _longest(_lines(rule for rule in rules if rule.upright))
    level = _longest(_lines(rule for rule in rules if not rule.upright))
    grids = [_grid(group) for group in _joined(upright, level)]
    return sorted((grid for grid in grids if grid), key=lambda grid: grid.area)


def _longest(lines: Iterable[_Line]) -> list[_Line]:
    return sorted(lines, key=lambda line: -line.length)[:MOST_LINES]


def _lines(rules: Iterable[Rule]) -> Iterator[_Line]:
    """The lines of one direction: rules at one place that go on after one another."""
    near: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if near and rule.at - near[0].at > SAME_PLACE:
            yield from _continued(near)
            near = []
        near.append(rule)
    if near:
        yield from _continued(near)


def _continued(rules: Sequence[Rule]) -> Iterator[_Line]:
    at = sum(rule.at for rule in rules) / len(rules)
    start = end = None
    for rule in sorted(rules, key=lambda rule: rule.start):
        if start is None or end is None or rule.start > end + BREAK:
            if start is not None and end is not None:
                yield _Line(rules[0].upright, at, ((start, end),))
            start, end = rule.start, rule.end
        end = max(end, rule.end)
    if start is not None and end is not None:
        yield _Line(rules[0].upright, at, ((start, end),))


def _joined(upright: Sequence[_Line], level: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The groups of lines that meet one another."""
    left = [*upright, *level]
    while left:
        group, waiting = [], [left.pop()]
        while waiting:
            line = waiting.pop()
            group.append(line)
            met = [other for other in left if _meet(line, other)]
            waiting += met
            left = [other for other in left if other not in met]
        yield group


def _meet(one: _Line, other: _Line) -> bool:
    if one.upright == other.upright:
        return False
    return one.meets(other.at - BREAK, other.at + BREAK) and other.meets(
        one.at - BREAK, one.at + BREAK
    )


def _grid(group: Sequence[_Line]) -> Grid | None:
    """The grid of lines that meet; None where there are too few or too many of them."""
    upright = _by_place(line for line in group if line.upright)
    level = _by_place(line for line in group if not line.upright)
    across = _edges(upright, level)
    down = _edges(level, upright)[::-1]
    if not upright or not level or len(across) > MOST_COLUMNS + 1 or len(down) > MOST_ROWS + 1:
        return None
    return _trimmed(across, down, upright, level)


def _by_place(lines: Iterable[_Line]) -> dict[float, _Line]:
    found: dict[float, _Line] = {}
    for line in sorted(lines, key=lambda line: line.at):
        last = next(reversed(found), None)
        if last is not None and line.at - last <= SAME_PLACE:
            known = found[last]
            found[last] = known._replace(stretches=(*known.stretches, *line.stretches))
        else:
            found[line.at] = line
    return found


def _edges(lines: dict[float, _Line], others: dict[float, _Line]) -> tuple[float, ...]:
    """The places of lines, and how far those across them reach: a table may be open at a side."""
    places = list(lines)
    ends = [end for line in others.values() for stretch in line.stretches for end in stretch]
    for end in (min(ends, default=None), max(ends, default=None)):
        if end is not None and all(abs(end - place) > BREAK for place in places):
            places.append(end)
    return tuple(sorted(places))


def _trimmed(
    across: tuple[float, ...],
    down: tuple[float, ...],
    upright: dict[float, _Line],
    level: dict[float, _Line],
) -> Grid | None:
    """The grid without rows and columns at its sides that nothing parts.

    A frame around a page may share a line with a table on it, and a title may stand in a box.
    """
    while len(across) > FEWEST and len(down) > FEWEST:
        if not _parted(upright, across[1:-1], *down[:2]):
            down = down[1:]
        elif not _parted(upright, across[1:-1], *down[-2:]):
            down = down[:-1]
        elif not _parted(level, down[1:-1], *across[:2]):
            across = across[1:]
        elif not _parted(level, down[1:-1], *across[-2:]):
            across = across[:-1]
        else:
            return Grid(across, down, _cells(across, down, upright, level))
    return None


def _parted(lines: dict[float, _Line], places: Sequence[float], start: float, end: float) -> bool:
    middle = (start + end) / 2
    return any(place in lines and lines[place].covers(middle) for place in places)


def _cells(
    across: tuple[float, ...],
    down: tuple[float, ...],
    upright: dict[float, _Line],
    level: dict[float, _Line],
) -> tuple[tuple[Span, ...], ...]:
    """The cell at every place; places that no line parts are one."""
    rows, columns = len(down) - 1, len(across) - 1
    cells: list[list[Span | None]] = [[None] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if cells[row][column]:
                continue
            held = _reached(row, column, across, down, upright, level)
            tops, lefts = [at for at, _ in held], [at for _, at in held]
            cell = Span(min(tops), max(tops), min(lefts), max(lefts))
            for top, left in held:
                cells[top][left] = cell
    return tuple(tuple(cell for cell in row if cell) for row in cells)


def _reached(
    row: int,
    column: int,
    across: tuple[float, ...],
    down: tuple[float, ...],
    upright: dict[float, _Line],
    level: dict[float, _Line],
) -> set[tuple[int, int]]:
    """The places that no line parts from one."""
    held, waiting = {(row, column)}, [(row, column)]
    while waiting:
        top, left = waiting.pop()
        y, x = (down[top] + down[top + 1]) / 2, (across[left] + across[left + 1]) / 2
        near = [
            ((top, left - 1), upright.get(across[left]), y),
            ((top, left + 1), upright.get(across[left + 1]), y),
            ((top - 1, left), level.get(down[top]), x),
            ((top + 1, left), level.get(down[top + 1]), x),
        ]
        for place, line, middle in near:
            inside = 0 <= place[0] < len(down) - 1 and 0 <= place[1] < len(across) - 1
            if inside and place not in held and not (line and line.covers(middle)):
                held.add(place)
                waiting.append(place)
    return held
