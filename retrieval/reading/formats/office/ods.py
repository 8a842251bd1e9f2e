"""OpenDocument's workbooks (.ods), as in ISO/IEC 26300, a sheet a part."""

from collections.abc import Iterator

from lxml import etree

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.tables import Budget, write_table
from retrieval.text.column_names import Across, Below

from .cells.number_formats import parse_format
from .odt import CELLS, number, open_document
from .package import attribute, local

MIDNIGHT = "T00:00:00"
COVERED = "covered-table-cell"
BLANKS = ("s", "tab", "line-break")


def read_ods(data: bytes, gathering: Gathering) -> None:
    """Add the rows of each sheet, as they are shown there, hidden ones left out."""
    content, budget = open_document(data, gathering), Budget()
    hidden = _hidden_styles(content)
    sheets = list(content.iterfind("{*}body/{*}spreadsheet/{*}table"))
    seen = [sheet for sheet in sheets if attribute(sheet, "style-name") not in hidden]
    for sheet in seen or sheets:
        gathering.begin_part()
        gathering.add_heading(attribute(sheet, "name"), 1)
        write_table(_rows(sheet, budget), gathering)


def _hidden_styles(content: etree._Element) -> set[str]:
    """The styles of sheets that are not displayed."""
    return {
        attribute(style, "name")
        for style in content.iterfind("{*}automatic-styles/{*}style")
        for properties in style.iterfind("{*}table-properties")
        if attribute(properties, "display") == "false"
    }


def _rows(sheet: etree._Element, budget: Budget) -> Iterator[tuple[int, list[str]]]:
    at = 1
    merged = _Merged()
    # Rows may stand in groups, and in the head of a table.
    for row in sheet.iter("{*}table-row"):
        cells = _cells(row, budget, merged)
        if attribute(row, "visibility") in ("", "visible"):
            yield at, cells
        # Of rows that are the same one is enough; nearly always they are empty.
        at += number(row, "number-rows-repeated")


class _Merged:
    """The cells that reach over rows below theirs: by column, their text and the rows left."""

    def __init__(self) -> None:
        self._open = dict[int, tuple[str, int]]()

    def begin(self, column: int, text: str, rows: int) -> None:
        """Note a cell that spans rows."""
        if text and rows > 1:
            self._open[column] = (text, rows - 1)

    def covered(self, column: int) -> str:
        """The text that counts for a covered cell, or ""."""
        text, rows = self._open.pop(column, ("", 0))
        if rows > 1:
            self._open[column] = (text, rows - 1)
        return Below(text)


def _cells(row: etree._Element, budget: Budget, merged: _Merged) -> list[str]:
    cells: list[str] = []
    gap = reach = 0
    across = ""
    for cell in (cell for cell in row if local(cell) in CELLS):
        column, repeated = len(cells) + gap, number(cell, "number-columns-repeated")
        if local(cell) == COVERED:
            value = Across(across) if column < reach else merged.covered(column)
        else:
            value = across = _shown(cell)
            reach = column + number(cell, "number-columns-spanned")
            merged.begin(column, value, number(cell, "number-rows-spanned"))
        gap += 0 if value else repeated
        # The empty cells at a row's end are thousands, and cost nothing.
        if value:
            budget.spend(gap + repeated)
            cells += [""] * gap + [value] * repeated
            gap = 0
    return cells


def _shown(cell: etree._Element) -> str:
    """The text of a cell, as its format shows the value; it may be kept without that text."""
    lines = ["".join(_said(each)) for each in cell.iterfind("{*}p")]
    if any(map(str.strip, lines)):
        return "\n".join(lines)
    date = attribute(cell, "date-value").removesuffix(MIDNIGHT).replace("T", " ")
    value = attribute(cell, "value")
    kind = attribute(cell, "value-type")
    if kind == "percentage" and value:
        return parse_format("0.##%").show(float(value))
    return date or " ".join(filter(None, (value, attribute(cell, "currency"))))


def _said(paragraph: etree._Element) -> Iterator[str]:
    yield paragraph.text or ""
    for each in paragraph.iterdescendants():
        yield " " if local(each) in BLANKS else str(each.text or "")
        yield str(each.tail or "")
