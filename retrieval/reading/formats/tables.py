"""Write a table as a block of text a row, in which each value stands with its column's name."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from retrieval.reading.limits import MOST_CELLS
from retrieval.text.column_names import (
    COMPARED,
    Across,
    continues_header,
    is_header,
    names_of,
    repeats,
    says_anew,
    width,
)

from .content import Gathering
from .errors import UnreadableError
from .hyperlinks import unmarked

BETWEEN_CELLS = " · "
Row = Sequence[str]
Numbered = tuple[int, Row]


class Budget:
    """The cells that may still be looked at, empty ones and all sheets of a file included."""

    def __init__(self, cells: int = MOST_CELLS) -> None:
        self._left = cells

    def spend(self, cells: int) -> None:
        """Take off a row of `cells` cells. Raises UnreadableError when it is used up."""
        self._left -= cells + 1
        if self._left < 0:
            raise UnreadableError("holds more than two million cells. Split it into smaller files.")


def write_table(
    rows: Iterable[Numbered],
    gathering: Gathering,
    headed: bool = True,
    header: Row | None = None,
) -> None:
    """Add the rows of a table under a `header`.

    Where none is given, the first row heads the others if it looks like it and `headed` allows.

    Each comes with its number, which is kept, or 0. Empty rows and cells are passed over.
    """
    filled = ((number, row) for number, row in rows if says_anew(row))
    header = header and _unmarked(header)
    titles: list[Numbered] = []
    body: Iterator[Numbered] = filled
    if header is None:
        titles, header, body = _headed(filled) if headed else ([], (), filled)
    used = set[int]()
    for number, row in chain(_labelled(titles, (), set()), _labelled(body, header, used)):
        line = BETWEEN_CELLS.join(filter(None, row)).replace(f":{BETWEEN_CELLS}", ": ")
        if number:
            gathering.add_row(line, number)
        else:
            gathering.add_text(line)
    # Nothing is lost: the names of columns that stay empty still say what the table is about.
    unused = (name for column, name in enumerate(header) if column not in used)
    gathering.add_text(BETWEEN_CELLS.join(filter(None, unused)))


def unnumbered(rows: Iterable[Row]) -> Iterator[Numbered]:
    """Rows without numbers, as in a text document."""
    return ((0, row) for row in rows)


def _headed(rows: Iterator[Numbered]) -> tuple[list[Numbered], Row, Iterator[Numbered]]:
    """The titles above a table, its header, which may be empty, and all other rows."""
    known = list(islice(rows, COMPARED + 2))
    titled = 0
    while titled + 1 < len(known) and width(known[titled][1]) == 1 < width(known[titled + 1][1]):
        titled += 1
    titles, known = known[:titled], known[titled:]
    plain = [_unmarked(row) for _, row in known]
    heads = _header_rows(plain)
    return titles, names_of(plain[:heads]), chain(known[heads:], rows)


def _unmarked(row: Row) -> Row:
    """A row without the marks of hyperlinks: what is said of its cells goes by their words."""
    return [cell if cell.isascii() else type(cell)(unmarked(cell)) for cell in row]


def _header_rows(rows: Sequence[Row]) -> int:
    """The number of rows at the top that name columns: none, one, or two under merged cells."""
    if not rows[1:] or (_is_label(rows[0]) and _is_label(rows[1])):
        return 0
    # A second row of names is no sign of what stands under the first.
    heads = 2 if rows[2:] and continues_header(rows[0], rows[1]) else 1
    return heads if is_header(rows[0], rows[heads:][:COMPARED]) else 0


def _is_label(row: Row) -> bool:
    """Return whether a row begins with a cell such as “Name:”, which names the others."""
    return row[0].strip().endswith(":")


def _labelled(rows: Iterable[Numbered], header: Row, used: set[int]) -> Iterator[Numbered]:
    """The rows with the names of their columns; `used` takes in which columns hold anything."""
    for number, row in rows:
        if repeats(header, row):
            continue
        cells = []
        for column, cell in enumerate(row):
            if value := cell.strip():
                used.add(column)
                if isinstance(cell, Across):
                    continue
                name = header[column] if column < len(header) else ""
                cells.append(f"{name}: {value}" if name else value)
        yield number, cells


def spanned(rows: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """The rows with the words of a merged cell in every row and column that it spans."""
    filled: list[list[str]] = []
    held: dict[int, tuple[str, int]] = {}
    for row in rows:
        words: list[str] = []
        cells = iter(row)
        while True:
            column = len(words)
            if column in held:
                text, left = held.pop(column)
                if left > 1:
                    held[column] = (text, left - 1)
                words.append(text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text, wide, tall = cell
            for offset in range(wide + 1):
                words.append(text if not offset else "")
                if tall:
                    held[column + offset] = (text if not offset else "", tall)
        filled.append(words)
    return filled


def named_columns(rows: list[list[str]]) -> list[str]:
    """The name of every column under one or more rows of headings."""
    width = max(map(len, rows), default=0)
    columns = ([row[at] for row in rows if at < len(row)] for at in range(width))
    return [" ".join(filter(None, dict.fromkeys(names))) for names in columns]
