"""Excel's workbooks (.xlsx, .xlsm, …), a sheet a part."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.tables import Budget, write_table

from .package import open_archive, read_properties


def read_xlsx(data: bytes, gathering: Gathering) -> None:
    """Add the rows of each sheet, with the values of formulas as they were last worked out."""
    import openpyxl

    read_properties(open_archive(data), gathering)
    # Read as a stream, as a few bytes can stand for millions of cells.
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    budget = Budget()
    for sheet in book.worksheets:
        gathering.begin_part()
        gathering.add_heading(sheet.title, 1)
        write_table(enumerate(_rows(sheet, budget), 1), gathering)


def _rows(sheet: Any, budget: Budget) -> Iterator[list[str]]:
    # What a sheet says of its own size may be wrong.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        budget.spend(len(row))
        yield [_shown(value) for value in row]


def _shown(value: object) -> str:
    """A cell's value in words: numbers with Excel's 15 digits, dates in ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        # Excel knows no days without a time of day.
        return str(value.date() if value.time() == time.min else value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
