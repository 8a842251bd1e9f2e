"""A cell of a workbook reads as the sheet shows it, by its format and its neighbours."""

from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from retrieval.reading.formats.office.cells.number_formats import parse_format
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import office, zips
from tests.support.formats.reading import headings_of, rows_of, text_of

DAY = 46112  # 31 March 2026


def book(fill: Callable[[Any], None]) -> bytes:
    made = openpyxl.Workbook()
    fill(made.active)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", 0.15, "15%"),
        ("0.0%", 0.075, "7.5%"),
        ('"€"#,##0.00', 4.5, "€4.50"),
        ("#,##0.00\\ [$€-407]", 1234.5, "1,234.50 €"),
        ('_-"£"* #,##0.00_-;-"£"* #,##0.00_-', -3.2, "-£3.20"),
        ("[$$-409]#,##0", 1999.6, "$2,000"),
        ("#,##0.0", 1234.5, "1,234.5"),
        ("0.##", 1.5, "1.5"),
        ("0.00", 0.125, "0.13"),
        ("# ?/?", 1 / 3, "1/3"),
        ("# ??/??", 2.75, "2 3/4"),
        ("# ?/8", 1.5, "1 4/8"),
        ("00000", 421, "00421"),
        ("000-0000", 5551234, "555-1234"),
        ("0.00E+00", 12345, "1.23E+04"),
        ('0.0,,"M"', 12_345_678, "12.3M"),
        ("#,##0;(#,##0)", -1234, "(1,234)"),
        ('0;-0;"none"', 0, "none"),
        ('[<1]0.00" l";0" l"', 0.25, "0.25 l"),
        ('[<1]0.00" l";0" l"', 12, "12 l"),
        ("[Red]-0", 5, "-5"),
        ("0", -0.2, "0"),
        (";;;", 7, ""),
        ("@", 7, "7"),
        ("General", 1 / 3, "0.3333333333"),
        ('General" pcs"', 7, "7 pcs"),
        ("d mmmm yyyy", DAY, "31 March 2026"),
        ("[$-407]d. mmmm yyyy", DAY, "31. März 2026"),
        ("dd/mm/yyyy", DAY, "31/03/2026"),
        ("ddd, d mmm yy", DAY, "Tue, 31 Mar 26"),
        ("h:mm AM/PM", 0.75, "6:00 PM"),
        ("hh:mm", 0.75, "18:00"),
        ("mm:ss.0", 0.0012345, "01:46.7"),
        ("[h]:mm", 1.5625, "37:30"),
        ("[mm]:ss", 0.05, "72:00"),
        ("yyyy-mm-dd", -1, "-1"),
        ("yyyy-mm-dd", 1e9, "1000000000"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(code: str, value: float, shown: str) -> None:
    assert parse_format(code).show(value) == shown


def test_days_may_be_counted_from_1904() -> None:
    assert parse_format("yyyy-mm-dd", since_1904=True).show(DAY - 1462) == "2026-03-31"


def test_a_format_may_have_words_for_text() -> None:
    assert parse_format('0;-0;0;"Room "@').show_text("B") == "Room B"


def test_the_cells_of_a_sheet_have_their_formats(parsers: Parsers) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Share", "Due", "Opens", "Lasts", "Paid", "Broken"])
        sheet.append([0.15, date(2026, 3, 31), time(18, 30), timedelta(hours=30), False, "#N/A"])
        formats = ("0%", "d mmmm yyyy", "h:mm AM/PM", "[h]:mm")
        for column, code in enumerate(formats, 1):
            sheet.cell(2, column).number_format = code

    assert rows_of(parsers.read(book(fill)))[0] == (
        "Share: 15% · Due: 31 March 2026 · Opens: 6:30 PM · Lasts: 30:00 · Paid: FALSE"
    )


def test_a_day_in_the_systems_own_format_is_plain(parsers: Parsers) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Boat", "Due"])
        sheet.append(["Alma", DAY])
        sheet["B2"].number_format = "mm-dd-yy"

    assert rows_of(parsers.read(book(fill))) == ["Boat: Alma · Due: 2026-03-31"]


def test_a_merged_cell_counts_for_every_row_it_spans(parsers: Parsers) -> None:
    sheet: list[list[object]] = [
        ["Pier", "Boat"],
        ["North", "Alma"],
        [None, "Corvus"],
        ["South", "Borealis"],
    ]
    content = parsers.read(office.xlsx({"S": sheet}, merged="A2:A3"))
    assert rows_of(content) == [
        "Pier: North · Boat: Alma",
        "Pier: North · Boat: Corvus",
        "Pier: South · Boat: Borealis",
    ]


def test_a_merged_header_names_every_column_it_spans(parsers: Parsers) -> None:
    sheet: list[list[object]] = [
        ["Boat", "Fare", None],
        [None, "Adult", "Child"],
        ["Alma", 4, 2],
        ["Corvus", 5, 3],
    ]
    content = parsers.read(office.xlsx({"S": sheet}, merged="B1:C1"))
    assert rows_of(content) == [
        "Boat: Alma · Fare Adult: 4 · Fare Child: 2",
        "Boat: Corvus · Fare Adult: 5 · Fare Child: 3",
    ]


def test_a_title_over_all_columns_is_no_header(parsers: Parsers) -> None:
    sheet: list[list[object]] = [
        ["Boats of the quay", None],
        ["Boat", "Berth"],
        ["Alma", 4],
        ["Corvus", 5],
    ]
    content = parsers.read(office.xlsx({"S": sheet}, merged="A1:B1"))
    assert rows_of(content) == [
        "Boats of the quay",
        "Boat: Alma · Berth: 4",
        "Boat: Corvus · Berth: 5",
    ]


def test_hidden_rows_columns_and_sheets_are_out_of_sight(parsers: Parsers) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (["Boat", "Cost", "Berth"], ["Alma", 900, 4], ["Ghost", 1, 9], ["Corvus", 800, 5]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    secret = made.create_sheet("Secret")
    secret.append(["Safe", "1234"])
    secret.sheet_state = "hidden"
    file = BytesIO()
    made.save(file)
    content = parsers.read(file.getvalue())
    assert rows_of(content) == ["Boat: Alma · Berth: 4", "Boat: Corvus · Berth: 5"]
    assert len(headings_of(content)) == 1


def test_a_cell_that_is_struck_out_does_not_hold(parsers: Parsers) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Boat", "Fare"])
        sheet.append(["Alma", "four crowns"])
        sheet.append(["Corvus", "five crowns"])
        sheet["B2"].font = Font(strike=True)

    text = text_of(parsers.read(book(fill)))
    assert "four crowns" not in text
    assert "five crowns" in text


def test_absurd_merged_ranges_do_no_harm(parsers: Parsers) -> None:
    data = office.xlsx({"S": [["Boat", "Berth"], ["Alma", "four"]]}, merged="A2:A3")
    absurd = '<mergeCell ref="A1:XFD1048576"/>'
    data = zips.edited(data, "xl/worksheets/sheet1.xml", '<mergeCell ref="A2:A3"/>', absurd)
    assert "Alma" in text_of(parsers.read(data)) or "Boat" in text_of(parsers.read(data))
