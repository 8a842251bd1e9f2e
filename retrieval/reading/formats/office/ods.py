"""OpenDocument's workbooks (.ods), as in ISO/IEC 26300, a sheet a part."""

from collections.abc import Iterator

from lxml import etree

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.tables import Budget, write_table

from .odt import CELLS, number, open_document
from .package import attribute, local

MIDNIGHT = "T00:00:00"


def read_ods(data: bytes, gathering: Gathering) -> None:
    """Add the rows of each sheet, as they are shown there; dates in ISO 8601."""
    content, budget = open_document(data, gathering), Budget()
    for sheet in content.iterfind("{*}body/{*}spreadsheet/{*}table"):
        gathering.begin_part()
        gathering.add_heading(attribute(sheet, "name"), 1)
        write_table(_rows(sheet, budget), gathering)


def _rows(sheet: etree._Element, budget: Budget) -> Iterator[tuple[int, list[str]]]:
    at = 1
    # Rows may stand in groups, and in the head of a table.
    for row in sheet.iter("{*}table-row"):
        yield at, _cells(row, budget)
        # Of rows that are the same one is enough; nearly always they are empty.
        at += number(row, "number-rows-repeated")


def _cells(row: etree._Element, budget: Budget) -> list[str]:
    cells: list[str] = []
    gap = 0
    for cell in (cell for cell in row if local(cell) in CELLS):
        value, repeated = _shown(cell), number(cell, "number-columns-repeated")
        gap += 0 if value else repeated
        # The empty cells at a row's end are thousands, and cost nothing.
        if value:
            budget.spend(gap + repeated)
            cells += [""] * gap + [value] * repeated
            gap = 0
    return cells


def _shown(cell: etree._Element) -> str:
    if date := attribute(cell, "date-value"):
        return date.removesuffix(MIDNIGHT).replace("T", " ")
    paragraphs = ("".join(str(text) for text in each.itertext()) for each in cell.iterfind("{*}p"))
    return "\n".join(paragraphs) or attribute(cell, "value")
