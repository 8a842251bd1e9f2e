"""Find the cells of a table by the columns they stand in and the order they are drawn in."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from .direction import runs_leftward
from .gutters import Band, Row, band_of_all
from .pieces import Piece, Word, text_of

MOST_COLUMNS = 40
FEWEST_ROWS, FEWEST_ROWS_OF_TWO = 2, 3  # two columns may as well be a form, or an address
FILLED = 0.6  # the share of rows that have more than one cell
USED = 0.25  # the share of lines that have something on both sides of a gutter within a table
# In sizes of type: the most from one line of a cell to the next, and what rows may overlap by.
LEADING, OVERLAP = 1.7, 0.2
# The names of columns may stand no farther apart than words do: each of them begins or ends where
# its column does. In sizes of type, but for the numbers of words.
ABOVE, ALIGNED = 2.5, 0.15
MOST_NAMED, WORDS_A_NAME = 8, 3
# The signs and numbers that stand before the items of a list, which is no table.
MARKER = re.compile(r"[^\w\s]{1,2}|\(?(?:[A-Za-z]|[ivx]{1,5})[.):]|\(?\d{1,3}(?:\.\d{1,3})*[.):]?")
LEADERS = re.compile(r"(?:\. ?){4}|…{2}")  # from a title to the number of its page


class Cell(NamedTuple):
    """The pieces of a cell, from its first line to its last."""

    column: int
    pieces: list[Piece]


class TableRow(NamedTuple):
    """The texts of the cells of a row, and its first line."""

    cells: tuple[str, ...]
    first: Piece


def table_in(band: Band) -> list[TableRow]:
    """The rows of the table that the lines about a gutter are; none where they are no table."""
    columns = [*_columns(band.left), *_columns(band.right)]
    if len(columns) > MOST_COLUMNS or _is_list(columns):
        return []
    leftward = runs_leftward(" ".join(piece.text for column in columns for piece in column))
    if leftward:
        columns.reverse()
    rows = rows_in(columns)
    return _accepted([_written(row, len(columns)) for row in rows], len(columns))


def names_above(row: Row, band: Band) -> TableRow | None:
    """The names of a table's columns, where the line right above it is these, pressed together."""
    columns = [*_columns(band.left), *_columns(band.right)]
    words = [word for piece in row for word in piece.words]
    size = row[0].size
    first = max((piece for column in columns for piece in column), key=lambda each: each.foot)
    if not 0 < row[0].foot - first.foot <= ABOVE * size or len(columns) > MOST_NAMED:
        return None
    if not len(columns) <= len(words) <= WORDS_A_NAME * len(columns):
        return None
    spans = [(min(p.left for p in c), max(p.right for p in c)) for c in columns]
    for starts in combinations(range(1, len(words)), len(columns) - 1):
        groups = [words[a:b] for a, b in pairwise((0, *starts, len(words)))]
        if all(_stands_over(g, s, ALIGNED * size) for g, s in zip(groups, spans, strict=True)):
            return TableRow(tuple(map(text_of, groups)), row[0])
    return None


def _stands_over(words: Sequence[Word], span: tuple[float, float], off: float) -> bool:
    left, right = words[0].left - span[0], words[-1].right - span[1]
    return min(abs(left), abs(right)) <= off


def rows_in(columns: Sequence[Sequence[Piece]]) -> list[list[Cell]]:
    """The cells of every row, by the order they are drawn in, or else by where they stand."""
    rows = _rows_as_drawn(columns)
    return rows if _in_order(rows) else _rows_as_seen(columns)


def _columns(side: Sequence[Row]) -> list[list[Piece]]:
    """The pieces of every column on one side of a gutter."""
    rows = [row for row in side if row]
    band = band_of_all(rows)
    if band is None or band.both < max(2, USED * len(rows)):
        return [[piece for row in rows for piece in row]]
    return [*_columns(band.left), *_columns(band.right)]


def _is_list(columns: Sequence[Sequence[Piece]]) -> bool:
    """Return whether columns are the signs and texts of a list, or a table of contents."""
    if any(LEADERS.search(piece.text) for column in columns for piece in column):
        return True
    first = columns[0]
    return len(columns) == 2 and all(MARKER.fullmatch(piece.text) for piece in first)  # noqa: PLR2004


def _rows_as_drawn(columns: Sequence[Sequence[Piece]]) -> list[list[Cell]]:
    """The cells of every row, where programs draw one cell after the other, row by row."""
    placed = [(piece.drawn, column, piece) for column, held in enumerate(columns) for piece in held]
    rows: list[list[Cell]] = []
    for _, column, piece in sorted(placed, key=lambda each: each[0]):
        last = rows[-1][-1] if rows else None
        if last is None or column < last.column:
            rows.append([Cell(column, [piece])])
        elif column > last.column:
            rows[-1].append(Cell(column, [piece]))
        elif last.pieces[-1].foot - piece.foot > LEADING * piece.size:
            rows.append([Cell(column, [piece])])
        else:
            last.pieces.append(piece)
    return rows


def _in_order(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether each row stands under the one before."""
    spans = [[piece for cell in row for piece in cell.pieces] for row in rows]
    return all(
        max(piece.foot for piece in below)
        < min(piece.foot for piece in above) + OVERLAP * above[0].size
        for above, below in pairwise(spans)
    )


def _rows_as_seen(columns: Sequence[Sequence[Piece]]) -> list[list[Cell]]:
    """The cells of every row, where a row begins with each line that has a first cell, or most."""
    lines: dict[int, list[Cell]] = {}
    for column, held in enumerate(columns):
        for piece in held:
            lines.setdefault(piece.row, []).append(Cell(column, [piece]))
    rows: list[list[Cell]] = []
    for _, line in sorted(lines.items()):
        begins = line[0].column == 0 or len(line) * 2 > len(columns)
        if begins or not rows:
            rows.append(line)
            continue
        known = {cell.column: cell for cell in rows[-1]}
        for cell in line:
            if cell.column in known:
                known[cell.column].pieces.extend(cell.pieces)
            else:
                rows[-1].append(cell)
    return rows


def _written(row: Sequence[Cell], width: int) -> TableRow:
    texts = [""] * width
    for cell in row:
        words = " ".join(piece.text for piece in cell.pieces)
        texts[cell.column] = f"{texts[cell.column]} {words}".strip()
    return TableRow(tuple(texts), max((cell.pieces[0] for cell in row), key=lambda each: each.foot))


def _accepted(rows: list[TableRow], width: int) -> list[TableRow]:
    fewest = FEWEST_ROWS_OF_TWO if width == 2 else FEWEST_ROWS  # noqa: PLR2004
    filled = sum(1 for row in rows if sum(map(bool, row.cells)) > 1)
    return rows if len(rows) >= fewest and filled >= FILLED * len(rows) else []
