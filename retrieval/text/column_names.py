"""Tell whether the first rows of a table name its columns, by what stands under them."""

import re
from collections.abc import Sequence

COMPARED = 20  # rows under the first that are looked at
ALIKE = 0.8  # the share of a column's cells that are of a kind
SIGN = r"[€$£¥₹]?"
NUMBER = re.compile(rf"[-+(]?{SIGN}\s?[-+]?[\d.,'\s]*\d[\d.,'\s]*\s?[%)€$£¥₹]?|TRUE|FALSE")
YEAR = re.compile(r"(?:19|20)\d\d")
DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[T ].{4,20})?")
TIME = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+|www\.\S+")
DIGITS, WORDS = re.compile(r"\d+"), re.compile(r"[^\W\d]+(?:[ '’-][^\W\d]+)*")
TEXT = "text"
LONGEST_NAME = 200  # characters of a column's
LONGEST_COMPARED = 80  # characters of a cell
PLAIN_KINDS = {"year": YEAR, "date": DATE, "time": TIME, "number": NUMBER, "address": ADDRESS}

Row = Sequence[str]


class Across(str):
    """The text of a cell that began in a column left of this one: it names this column as well."""

    __slots__ = ()


class Below(str):
    """The text of a cell that began in a row above: it counts for this row as well."""

    __slots__ = ()


def width(row: Row) -> int:
    """The number of cells that say something of their own."""
    return sum(1 for cell in row if cell.strip() and not isinstance(cell, Across))


def says_anew(row: Row) -> bool:
    """Return whether a row holds more than what merged cells carry into it."""
    return any(cell.strip() and not isinstance(cell, Across | Below) for cell in row)


def repeats(header: Row, row: Row) -> bool:
    """Return whether a row is the header once more, as at the top of a page."""
    same = len(row) == len(header) > 1 and folded(row[0]) == folded(header[0])
    return same and width(row) > 1 and [*map(folded, row)] == [*map(folded, header)]


def is_header(first: Row, rows: Sequence[Row]) -> bool:
    """Return whether a row names the columns of those under it: it isn't of a kind with them."""
    if not _may_name(first) or list(rows[0]) == list(first):
        return False
    rows = [row for row in rows if not repeats(first, row)]
    columns = [
        (cell.strip(), [row[at].strip() for row in rows if at < len(row) and row[at].strip()])
        for at, cell in enumerate(first)
        if cell.strip() and not isinstance(cell, Across)
    ]
    votes = [_vote(cell, below) for cell, below in columns]
    for_header, against = votes.count(1), votes.count(-1)
    if for_header or against:
        return for_header >= against
    return not _is_cased_alike(columns)


def _may_name(row: Row) -> bool:
    cells = [cell.strip()[:LONGEST_COMPARED] for cell in row if cell.strip()]
    # Years head columns as often as not.
    numbers = sum(1 for cell in cells if NUMBER.fullmatch(cell) and not YEAR.fullmatch(cell))
    return numbers * 2 <= len(cells)


def _vote(cell: str, below: list[str]) -> int:
    """1 where a cell is unlike those under it, -1 where it is one of them, else 0."""
    if not below:
        return 0
    kind, kinds = _kind(cell), [_kind(each) for each in below]
    if kind == TEXT:
        if len(below) > 1 and cell in below:
            return -1
        others = len(kinds) - kinds.count(TEXT)
        return int(others >= ALIKE * len(kinds))
    if kinds.count(kind) >= ALIKE * len(kinds):
        # One pair such as "Room 1" over "Room 2" shows nothing yet.
        return -1 if kind in PLAIN_KINDS or kinds[1:] else 0
    return int(kind == "year")


def _kind(cell: str) -> str:
    """The kind of a cell; where digits stand among words, their pattern, such as "a 9"."""
    short = cell[:LONGEST_COMPARED]
    plain = (name for name, pattern in PLAIN_KINDS.items() if pattern.fullmatch(short))
    if kind := next(plain, ""):
        return kind
    return WORDS.sub("a", DIGITS.sub("9", short)) if DIGITS.search(short) else TEXT


def _is_cased_alike(columns: list[tuple[str, list[str]]]) -> bool:
    """Return whether cells begin as those under them do, some in upper and some in lower case.

    The names of columns are written alike, and a row of data need not be.
    """
    if len({cell[0].islower() for cell, _ in columns}) == 1 or not columns[0][1][1:]:
        return False
    return all(
        sum(each[0].islower() == cell[0].islower() for each in below) >= ALIKE * len(below)
        for cell, below in columns
    )


def continues_header(first: Row, second: Row) -> bool:
    """Return whether a second row parts the columns that cells of the first one span."""
    spanned = {at for at, cell in enumerate(first) if isinstance(cell, Across) and cell.strip()}
    spanned |= {at - 1 for at in spanned}
    if not spanned or not _may_name(second):
        return False
    own = {
        at
        for at, cell in enumerate(second)
        if cell.strip() and not isinstance(cell, Across | Below)
    }
    return bool(own) and own <= spanned


def names_of(rows: Sequence[Row]) -> Row:
    """The names of columns under several rows of header, the outer ones first."""
    widest = max(map(len, rows), default=0)
    columns = ([row[at] for row in rows if at < len(row)] for at in range(widest))
    return [_name(cells) for cells in columns]


def _name(cells: list[str]) -> str:
    own = [folded(cell) for cell in cells if not isinstance(cell, Below)]
    return " ".join(dict.fromkeys(filter(None, own)))


def folded(cell: str) -> str:
    """A cell's text on one line, and no longer than a name should be."""
    return " ".join(cell[: LONGEST_NAME * 4].split())[:LONGEST_NAME].rstrip()
