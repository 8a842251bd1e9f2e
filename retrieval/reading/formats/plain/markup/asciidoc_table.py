"""The tables of AsciiDoc: cells with their spans → rows with the names of their columns."""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.tables import Budget, unnumbered, write_table

from .asciidoc_inline import Inline

CELL = re.compile(
    r"(?:(?<=\s)|^)(?P<times>(?P<wide>\d{1,3})?(?:\.(?P<tall>\d{1,3}))?(?P<how>[+*]))?"
    r"(?:[<^>](?:\.[<^>])?|\.[<^>])?[adehlmsv]?\|(?!=)|(?<!\\)\|",
    re.MULTILINE,
)
COLUMNS = re.compile(r"cols=(?:\"([^\"]*)\"|'([^']*)'|([^,\]]*))")
TIMES = re.compile(r"^\s*(\d{1,3})\*")
MOST_COLUMNS = 1000
SEPARATORS = {",": ",", ":": ":"}


class _Cell(NamedTuple):
    """The words of a cell, and how many columns and rows it takes."""

    words: str
    wide: int
    tall: int


def write_grid(
    lines: list[str], style: str, mark: str, inline: Inline, gathering: Gathering
) -> None:
    """Add the rows of a table, from the lines in it and the attributes above it."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if not filled:
        return
    first = filled[0]
    implied = first == 0 and len(lines) > 1 and not lines[1].strip()
    headed = ("header" in style or implied) and "noheader" not in style
    if mark in SEPARATORS or re.search(r"format=\"?(?:csv|dsv)", style):
        rows = list(csv.reader(lines, delimiter=":" if mark == ":" else ",", skipinitialspace=True))
        rows = [[inline.shown(cell) for cell in row] for row in rows if row]
    else:
        separated = "\n".join(lines) if mark != "!" else "\n".join(lines).replace("!", "|")
        width = _width(style) or sum(1 for _ in _cells(lines[first])) or 1
        rows = list(_rows(_cells(separated), min(width, MOST_COLUMNS), inline))
    header = rows[0] if headed and len(rows) > 1 else ()
    write_table(unnumbered(rows[1:] if header else rows), gathering, header=header)


def _width(style: str) -> int:
    """The number of columns that the attributes of a table name; 0 where they name none."""
    columns = COLUMNS.search(style)
    said = next(filter(None, columns.groups()), "") if columns else ""
    if not said:
        return 0
    times = (TIMES.match(part) for part in re.split("[,;]", said))
    return sum(int(many[1]) if many else 1 for many in times)


def _cells(text: str) -> Iterator[_Cell]:
    marks = list(CELL.finditer(text))
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        words = text[mark.end() : end].replace("\\|", "|")
        wide, tall = int(mark["wide"] or 1), int(mark["tall"] or 1)
        if mark["how"] == "*":
            yield from (_Cell(words, 1, 1) for _ in range(min(wide, MOST_COLUMNS)))
        else:
            yield _Cell(words, min(wide, MOST_COLUMNS), tall)


def _rows(cells: Iterator[_Cell], width: int, inline: Inline) -> Iterator[list[str]]:
    """Rows of a width, in which a cell stands in every row that it spans."""
    budget = Budget()
    row: list[str] = []
    held: dict[int, tuple[str, int]] = {}
    for cell in cells:
        row = _carried(row, held, width)
        if len(row) >= width:
            budget.spend(width)
            yield row
            row = _carried([], held, width)
        words = _words(cell.words, inline)
        for offset in range(min(cell.wide, width - len(row))):
            said = "" if offset else words
            if cell.tall > 1:
                held[len(row)] = (said, cell.tall - 1)
            row.append(said)
    if row:
        yield _carried(row, held, width)


def _carried(row: list[str], held: dict[int, tuple[str, int]], width: int) -> list[str]:
    """The row with the cells from above that come next in it."""
    while len(row) < width and len(row) in held:
        words, left = held.pop(len(row))
        if left > 1:
            held[len(row)] = (words, left - 1)
        row.append(words)
    return row


def _words(text: str, inline: Inline) -> str:
    lines = (re.sub(r"^\s*(?:\*+|-|\.+)\s+", "", line) for line in text.split("\n"))
    return " ".join(filter(None, (inline.shown(line) for line in lines if line.strip() != "+")))
