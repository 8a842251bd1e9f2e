"""Tables as text: values parted by commas, semicolons, tabs or bars (RFC 4180, and its likes)."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.tables import Budget, write_table
from retrieval.reading.limits import LONGEST_CELL, in_units

EXPORTED = re.compile('\ufeff?"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?,')
DAY = len("2024-05-01")
DELIMITERS = ",;\t|"
SAMPLE, SAMPLED_ROWS = 16 * 1024, 50  # characters, rows


def read_csv(text: str, gathering: Gathering) -> None:
    """Add the rows of a table in text."""
    gathering.begin_part()
    csv.field_size_limit(LONGEST_CELL)
    if EXPORTED.match(text):
        _write_messages(_counted(_reader(text, ",")), gathering)
        return
    rows = _reader(text, _delimiter(text))
    write_table(enumerate(_counted(rows), 1), gathering)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    # A space after a comma is no part of a cell, and a quotation mark may follow it.
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)


def _write_messages(rows: Iterator[list[str]], gathering: Gathering) -> None:
    """Add what members said, as DiscordChatExporter writes it: author, time and text."""
    next(rows, None)
    for number, row in enumerate(rows, 2):
        _, author, time, text, *_ = (*row, "", "", "", "")
        if text.strip():
            gathering.add_row(f"{author}, {time[:DAY]}: {text}", number)


def _counted(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    budget = Budget()
    try:
        for row in rows:
            budget.spend(len(row))
            yield row
    except csv.Error as error:
        raise UnreadableError(
            "holds a cell of more than {limit}. Check that its quotation marks come in pairs.",
            limit=in_units(LONGEST_CELL),
        ) from error


def _delimiter(text: str) -> str:
    """The delimiter that gives the most rows of the same width, of more than one cell."""
    # Its last line may break off, and with it what is quoted there.
    sample = text[:SAMPLE].rpartition("\n")[0] or text[:SAMPLE]
    return max(DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    rows = islice(_reader(sample, delimiter), SAMPLED_ROWS)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
