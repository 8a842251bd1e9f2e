"""Workbooks: a row is a paragraph that says what each of its cells is."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import office, opened, zips
from tests.support.formats.reading import headings_of, rows_of, text_of
from tests.support.formats.specimens import TITLE

STAFF = [["Name", "Weeks"], ["Ann", "twenty"], ["Bo", "twelve"]]
Book = Callable[[Mapping[str, Sequence[Sequence[str]]]], bytes]
BOOKS = pytest.mark.parametrize("book", [office.xlsx, opened.ods], ids=["xlsx", "ods"])


@BOOKS
def test_a_row_says_what_each_cell_is(parsers: Parsers, book: Book) -> None:
    content = parsers.read(book({"Staff": STAFF}))
    assert rows_of(content) == ["Name: Ann · Weeks: twenty", "Name: Bo · Weeks: twelve"]


@BOOKS
def test_a_sheet_is_a_part_that_its_name_heads(parsers: Parsers, book: Book) -> None:
    content = parsers.read(book({"Staff": STAFF, "Empty": [], "Guests": STAFF}))
    assert headings_of(content) == [(1, "Staff"), (1, "Guests")]
    assert all(part.headings[0].start == 0 and part.page is None for part in content.parts)
    assert "Staff" not in text_of(content)


@BOOKS
def test_rows_have_the_numbers_they_have_in_the_sheet(parsers: Parsers, book: Book) -> None:
    sheet = [[], STAFF[0], [], STAFF[1], ["", ""], STAFF[2]]
    (part,) = parsers.read(book({"Staff": sheet})).parts
    assert [(number, part.text[at:][:9]) for at, number in part.rows] == [
        (4, "Name: Ann"),
        (6, "Name: Bo "),
    ]


@BOOKS
def test_a_cells_line_breaks_do_not_part_a_row(parsers: Parsers, book: Book) -> None:
    content = parsers.read(book({"Staff": [["Name"], ["Ann\n\nLee"], ["Bo"]]}))
    assert rows_of(content) == ["Name: Ann Lee", "Name: Bo"]


@BOOKS
def test_cells_past_the_header_and_headers_without_cells(parsers: Parsers, book: Book) -> None:
    sheet = [["Name", "", "Note"], ["Ann", "twenty", "", "late"], ["Bo", "", "ill"]]
    content = parsers.read(book({"Staff": sheet}))
    assert rows_of(content) == ["Name: Ann · twenty · late", "Name: Bo · Note: ill"]


@BOOKS
def test_the_name_of_an_empty_column_is_not_lost(parsers: Parsers, book: Book) -> None:
    content = parsers.read(book({"Staff": [["Name", "Phone"], ["Ann", ""], ["Bo", ""]]}))
    assert "Phone" in text_of(content)


@BOOKS
def test_a_single_row_is_no_header(parsers: Parsers, book: Book) -> None:
    assert rows_of(parsers.read(book({"S": [["Only", "this"]]}))) == ["Only · this"]


def test_a_first_row_of_numbers_is_no_header(parsers: Parsers) -> None:
    content = parsers.read(office.xlsx({"S": [[3, 14.5, "wet"], [4, 15.5, "dry"]]}))
    assert rows_of(content) == ["3 · 14.5 · wet", "4 · 15.5 · dry"]


def test_cells_read_as_the_sheet_shows_them(parsers: Parsers) -> None:
    row = [date(2024, 1, 2), datetime(2024, 1, 2, 9, 30), time(9, 30), 3.0, 12.5, True, "x"]
    content = parsers.read(office.xlsx({"S": [list("abcdefg"), row]}))
    assert rows_of(content) == [
        "a: 2024-01-02 · b: 2024-01-02 09:30:00 · c: 09:30:00 · d: 3 · e: 12.5 · f: TRUE · g: x"
    ]


def test_a_formula_reads_as_its_result(parsers: Parsers) -> None:
    data = office.xlsx({"S": [["Sum", "Note"], ["=1+1", "ok"]]})
    told = zips.edited(data, "xl/worksheets/sheet1.xml", "<f>1+1</f><v>", "<f>1+1</f><v>2")
    assert rows_of(parsers.read(told)) == ["Sum: 2 · Note: ok"]


def test_a_year_may_head_a_column(parsers: Parsers) -> None:
    content = parsers.read(office.xlsx({"S": [["City", 2023, 2024], ["Bonn", 1, 2]]}))
    assert rows_of(content) == ["City: Bonn · 2023: 1 · 2024: 2"]


def test_merged_cells_are_said_once(parsers: Parsers) -> None:
    sheet: list[list[object]] = [["Name", "Weeks"], ["All", None], ["Ann", "twenty"]]
    content = parsers.read(office.xlsx({"S": sheet}, merged="A2:B2"))
    assert rows_of(content) == ["Name: All", "Name: Ann · Weeks: twenty"]


def test_a_sheet_may_lie_about_its_size(parsers: Parsers) -> None:
    data = office.xlsx({"S": STAFF})
    sheet = zips.members(data)["xl/worksheets/sheet1.xml"]
    lie = sheet.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"')
    assert lie != sheet
    assert len(rows_of(parsers.read(zips.changed(data, {"xl/worksheets/sheet1.xml": lie})))) == 2


def test_text_is_found_where_excel_keeps_it(parsers: Parsers) -> None:
    data = office.with_shared_strings(office.xlsx({"S": STAFF}))
    assert rows_of(parsers.read(data)) == ["Name: Ann · Weeks: twenty", "Name: Bo · Weeks: twelve"]


def test_a_workbook_says_its_title_and_author(parsers: Parsers) -> None:
    content = parsers.read(office.xlsx({"S": STAFF}, TITLE))
    assert (content.kind, content.title, content.author) == ("xlsx", TITLE, "Ann Lee")


def test_an_open_sheets_repeated_and_typed_cells(parsers: Parsers) -> None:
    absurd = "<table:table-cell table:number-columns-repeated='2000000000'/>"
    day = (
        "<table:table-cell office:value-type='date' office:date-value='2024-01-02'>"
        "<text:p>02.01.24</text:p></table:table-cell>"
    )
    twice = (
        "<table:table-cell table:number-columns-repeated='2'><text:p>x</text:p></table:table-cell>"
    )
    rows = [["Since", "Left", "Right"], [day, twice, absurd]]
    (row,) = rows_of(parsers.read(opened.ods({"S": rows})))
    assert row in ("Since: 2024-01-02 · Left: x · Right: x", "Since: 02.01.24 · Left: x · Right: x")
