"""Excel's workbooks (.xlsx, .xlsm, …), a sheet a part."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import IO, Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.tables import Budget, Numbered, write_table
from retrieval.text.column_names import Across, Below

from .cells.number_formats import GENERAL, NumberFormat, parse_format
from .package import open_archive, read_properties

CHUNK, LONGEST_TAG = 1024 * 1024, 200  # bytes
MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,100}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
MOST_MERGED = 20_000  # ranges
# What the system shows its own way is written as any reader understands it.
OWN_WAY = {14: "yyyy-mm-dd", 22: "yyyy-mm-dd h:mm"}
CUSTOM = 164  # the first number of a format that a book defines


def read_xlsx(data: bytes, gathering: Gathering) -> None:
    """Add the rows of each sheet as it shows them, hidden ones left out.

    Formulas have the values that were last worked out.
    """
    import openpyxl

    read_properties(open_archive(data), gathering)
    # Read as a stream, as a few bytes can stand for millions of cells.
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    budget, styles = Budget(), _Styles(book)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets or book.worksheets:
        gathering.begin_part()
        gathering.add_heading(sheet.title, 1)
        write_table(_rows(sheet, styles, budget), gathering)


class _Styles:
    """The formats of a book's cells by their styles, each worked out once."""

    def __init__(self, book: Any) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        self._book = book
        self._since_1904 = book.epoch == CALENDAR_MAC_1904
        self._formats = dict[int, NumberFormat | None]()

    def shown(self, cell: dict[str, Any]) -> str:
        """The text that a cell shows: none if it is an error, or struck out."""
        value, style = cell["value"], cell["style_id"]
        if value is None or cell["data_type"] == "e":
            return ""
        if style not in self._formats:
            self._formats[style] = self._format(style)
        known = self._formats[style]
        if known is None:
            return ""
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int | float):
            return known.show(value)
        if isinstance(value, datetime | date | time | timedelta):
            return _day(value)
        return known.show_text(str(value))

    def _format(self, style: int) -> NumberFormat | None:
        """The format of a style, None where it strikes text out."""
        styles = self._book._cell_styles
        if not 0 <= style < len(styles):
            return parse_format(GENERAL)
        font = styles[style].fontId
        if font < len(self._book._fonts) and self._book._fonts[font].strike:
            return None
        return parse_format(self._code(styles[style].numFmtId), self._since_1904)

    def _code(self, number: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        if number >= CUSTOM:
            custom = self._book._number_formats
            return custom[number - CUSTOM] if number - CUSTOM < len(custom) else GENERAL
        return OWN_WAY.get(number) or BUILTIN_FORMATS.get(number) or GENERAL


def _day(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        # Excel knows no days without a time of day.
        return str(value.date() if value.time() == time.min else value)
    return str(value)


def _rows(sheet: Any, styles: _Styles, budget: Budget) -> Iterator[Numbered]:
    from openpyxl.worksheet._reader import WorkSheetParser

    with sheet._get_source() as source:
        merged = _Merged(source)
    # The library's own rows leave out what is hidden and how a cell shows its value.
    with sheet._get_source() as source:
        parser = WorkSheetParser(source, sheet._shared_strings, data_only=True)
        last = 0
        for number, cells in parser.parse():
            if number <= last:
                continue
            last = number
            texts = _texts(cells, styles, budget)
            merged.fill(number, texts, budget)
            if not _hides(parser.row_dimensions.pop(str(number), {})):
                yield number, _without_hidden(texts, parser.column_dimensions)


def _texts(cells: list[dict[str, Any]], styles: _Styles, budget: Budget) -> list[str]:
    width = max((cell["column"] for cell in cells), default=0)
    budget.spend(width)
    texts = [""] * width
    for cell in cells:
        texts[cell["column"] - 1] = styles.shown(cell)
    return texts


def _hides(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


def _without_hidden(texts: list[str], columns: dict[str, dict[str, str]]) -> list[str]:
    for column in columns.values():
        if _hides(column):
            first, last = int(column["min"]) - 1, min(int(column["max"]), len(texts))
            texts[first:last] = [""] * max(last - first, 0)
    return texts


class _Merged:
    """The merged cells of a sheet: the first one's text counts for all rows and columns of them.

    They are listed behind the rows, so that the sheet is gone through for them first.
    """

    def __init__(self, sheet: IO[bytes]) -> None:
        self._starts = dict[int, list[tuple[int, int, int]]]()
        self._open = list[tuple[int, int, int, str]]()
        for first, top, last, bottom in _ranges(sheet):
            self._starts.setdefault(top, []).append((first, last, bottom))

    def fill(self, number: int, texts: list[str], budget: Budget) -> None:
        """Fill in a row's cells. Rows come in order."""
        self._open = [each for each in self._open if each[2] >= number]
        for first, last, _, text in self._open:
            budget.spend(last - first)
            _put(texts, first, last, Below(text))
        for first, last, bottom in self._starts.pop(number, ()):
            text = texts[first] if first < len(texts) else ""
            if text:
                budget.spend(last - first)
                _put(texts, first, last, text)
                self._open.append((first, last, bottom, text))


def _put(texts: list[str], first: int, last: int, text: str) -> None:
    if len(texts) <= last:
        texts += [""] * (last + 1 - len(texts))
    texts[first : last + 1] = [text, *[Across(text)] * (last - first)]


def _ranges(sheet: IO[bytes]) -> Iterator[tuple[int, int, int, int]]:
    from openpyxl.utils.cell import range_boundaries

    kept, count = b"", 0
    while (chunk := sheet.read(CHUNK)) and count < MOST_MERGED:
        window = kept + chunk
        end = 0
        for match in MERGED.finditer(window):
            first, top, last, bottom = (
                number or 1 for number in range_boundaries(match[1].decode())
            )
            if first <= last and top <= bottom:
                count += 1
                yield first - 1, top, last - 1, bottom
            end = match.end()
        kept = window[max(end, len(window) - LONGEST_TAG) :]
