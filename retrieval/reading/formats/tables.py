"""Write a table as a block of text a row, in which each value stands with its column's name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from retrieval.reading.limits import MOST_CELLS

from . import errors
from .content import Gathering, one_line
from .errors import UnreadableError

BETWEEN_CELLS = " · "
NUMBER = re.compile(r"[-+(]?[\d.,'\s]*\d[\d.,'\s]*[%)€$£]?|TRUE|FALSE")
YEAR = re.compile(r"(?:19|20)\d\d")

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
            raise UnreadableError(f"holds more than two million cells. {errors.SPLIT}")


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
    filled = ((number, row) for number, row in rows if any(map(str.strip, row)))
    titles: list[Numbered] = []
    body: Iterator[Numbered] = filled
    if header is None:
        titles, header, body = _headed(filled) if headed else ([], (), filled)
    used = set[int]()
    for number, row in chain(titles, _labelled(body, header, used)):
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
    titles: list[Numbered] = []
    first, second = next(rows, None), next(rows, None)
    while first and second and _width(first[1]) == 1 < _width(second[1]):
        titles.append(first)
        first, second = second, next(rows, None)
    known = [row for row in (first, second) if row]
    labels = first and second and _is_label(first[1]) and _is_label(second[1])
    if first and second and not labels and _names_columns(first[1]):
        return titles, [one_line(name) for name in first[1]], chain([second], rows)
    return titles, (), chain(known, rows)


def _width(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _is_label(row: Row) -> bool:
    """Return whether a row begins with a cell such as “Name:”, which names the others."""
    return row[0].strip().endswith(":")


def _names_columns(row: Row) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    # Years head columns as often as not.
    numbers = sum(1 for cell in cells if NUMBER.fullmatch(cell) and not YEAR.fullmatch(cell))
    return numbers * 2 <= len(cells)


def _labelled(rows: Iterable[Numbered], header: Row, used: set[int]) -> Iterator[Numbered]:
    """The rows with the names of their columns; `used` takes in which columns hold anything."""
    for number, row in rows:
        cells = []
        for column, cell in enumerate(row):
            if value := cell.strip():
                used.add(column)
                name = header[column] if column < len(header) else ""
                cells.append(f"{name}: {value}" if name else value)
        yield number, cells
