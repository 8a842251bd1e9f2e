"""Put the pieces of a page in the order in which they are read: columns, tables and lines.

Most programs draw what is read first, first: text column by column, and tables row by row.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from retrieval.reading.formats.content import tidy

from ..lines import Line
from .drawing import is_leftward, segments
from .glyphs import Glyph
from .gutters import Band, Row, main_band, rows_of
from .pieces import Piece, text_of
from .ruled_tables import pieces_and_tables, text_of_cells
from .rules import Rule
from .tables import LEADING, TableRow, names_above, table_in

DEEPEST = 12  # columns in columns
# Prose fills its column: the share of lines that reach so far, and their words.
FULL, FILLED, FEWEST_WORDS, FEWEST_OF_PROSE = 0.6, 0.75, 3.5, 4


def lines_as_read(glyphs: Sequence[Glyph], rules: Sequence[Rule] = ()) -> list[Line]:
    """The lines and the rows of tables of a page, in the order of reading."""
    pieces = pieces_and_tables(glyphs, rules)
    return [line for line in _laid_out(rows_of(pieces)) if line.text]


def _laid_out(rows: Sequence[Row], depth: int = 0) -> Iterator[Line]:
    band = main_band(rows) if depth < DEEPEST else None
    if band is None:
        yield from _lines(rows)
        return
    parts = list(segments(band))
    end = band.first
    if not parts or parts[0][1].first > end or not _names(rows[:end], *parts[0]):
        yield from _laid_out(rows[:end], depth + 1)
    else:
        yield from _laid_out(rows[: end - 1], depth + 1)
        end -= 1
    for drawn_so, part in parts:
        above = rows[end : part.first]
        names = _names(above, drawn_so, part)
        # Lines that a table leaves out come after it.
        yield from _lines(above[:-1] if names else above)
        in_columns = drawn_so or _has_table(part)
        table = names + ([] if in_columns else table_in(part.without_tail(LEADING)))
        end = part.without_tail(LEADING).end if table else part.end
        if in_columns or _is_in_columns(part):
            rest = [] if in_columns else _rest_of_left(rows[end:], part)
            end += len(rest)
            left, right = ([row for row in side if row] for side in (part.left, part.right))
            sides = (right, left + rest) if is_leftward(part) else (left + rest, right)
            for side in sides:
                yield from _laid_out(side, depth + 1)
        else:
            yield from map(_table_line, table) if table else _lines(rows[part.first : end])
    yield from _laid_out(rows[end:], depth + 1)


def _names(above: Sequence[Row], drawn_so: bool, part: Band) -> list[TableRow]:
    """The names of a table's columns, where they are the last line of those above it."""
    table = part.without_tail(LEADING)
    if not above or drawn_so or _has_table(part) or not table_in(table):
        return []
    names = names_above(above[-1], table)
    return [names] if names else []


def _rest_of_left(rows: Sequence[Row], band: Band) -> list[Row]:
    """The lines right below a band that belong to its left column, if that is the longer one."""
    edge = min(row[0].left for row in band.right if row)
    above = [row for row in band.left if row][-1]
    rest: list[Row] = []
    for row in rows:
        if row[-1].right >= edge or above[0].foot - row[0].foot > LEADING * row[0].size:
            break
        rest.append(row)
        above = row
    return rest


def _is_in_columns(band: Band) -> bool:
    """Return whether lines are text in columns that was drawn line by line, across them, as text
    recognition does.
    """
    return band.both >= FEWEST_OF_PROSE and _is_prose(band.left) and _is_prose(band.right)


def _is_prose(side: Sequence[Row]) -> bool:
    rows = [row for row in side if row]
    left = min(row[0].left for row in rows)
    width = max(row[-1].right for row in rows) - left
    full = sum(1 for row in rows if row[-1].right - left >= FILLED * width)
    words = median(sum(len(piece.words) for piece in row) for row in rows)
    return full >= FULL * len(rows) and words >= FEWEST_WORDS and all(len(row) == 1 for row in rows)


def _has_table(band: Band) -> bool:
    """Return whether a row of a table with ruling lines stands on a side: it is parted already."""
    return any(piece.cells for row in (*band.left, *band.right) for piece in row)


def _lines(rows: Sequence[Row]) -> Iterator[Line]:
    for row in rows:
        yield from (_ruled_line(piece) for piece in row if piece.cells)
        if words := [piece for piece in row if not piece.cells]:
            yield _line(words)


def _ruled_line(piece: Piece) -> Line:
    return Line(text_of_cells(piece.cells), piece.foot, piece.size, piece.cells)


def _line(row: Row) -> Line:
    main = max(row, key=lambda piece: piece.right - piece.left)
    return Line(
        _tidied(text_of([word for piece in row for word in piece.words])), main.foot, main.size
    )


def _table_line(row: TableRow) -> Line:
    cells = tuple(map(_tidied, row.cells))
    text = " ".join(filter(None, cells))
    return Line(text, row.first.foot, row.first.size, cells)


def _tidied(text: str) -> str:
    return tidy(text).strip().replace("\n", " ")
