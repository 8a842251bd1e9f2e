"""Tables of a page: each row is a block that says what its columns are."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import rows_of


def rows(parsers: Parsers, table: str) -> list[str]:
    page = f"<html><body><main><table>{table}</table></main></body></html>"
    return rows_of(parsers.read(page.encode(), "a.html"))


@pytest.mark.parametrize(
    "header",
    [
        "<thead><tr><td>Bus<td>Leaves</thead>",
        "<tr><th>Bus</th><th>Leaves</th></tr>",
        "<tr><td><b>Bus</b></td><td><strong>Leaves</strong></td></tr>",
    ],
)
def test_a_header_is_marked_in_any_way(parsers: Parsers, header: str) -> None:
    body = "<tr><td>7</td><td>noon</td></tr><tr><td>22</td><td>one</td></tr>"
    assert rows(parsers, header + body) == ["Bus: 7 · Leaves: noon", "Bus: 22 · Leaves: one"]


def test_a_table_without_a_header_has_none(parsers: Parsers) -> None:
    table = "<tr><td>Ada</td><td>keeper</td></tr><tr><td>Ivo</td><td>cook</td></tr>"
    assert rows(parsers, table) == ["Ada · keeper", "Ivo · cook"]


def test_names_of_rows_stand_before_their_values(parsers: Parsers) -> None:
    table = "<tr><th>Open</th><td>nine</td></tr><tr><th>Shut</th><td>six</td></tr>"
    assert rows(parsers, table) == ["Open: nine", "Shut: six"]


def test_merged_cells_count_for_every_row_and_column_that_they_span(parsers: Parsers) -> None:
    table = (
        "<caption>Fees</caption><thead><tr><th rowspan=2>Who</th><th colspan=2>Price</th></tr>"
        "<tr><th>Day</th><th>Year</th></tr></thead><tr><th>Adult</th><td>5</td>"
        "<td rowspan=2>40</td></tr><tr><th>Child</th><td>2</td></tr>"
        "<tr><th>Dog</th><td colspan=2>free</td></tr>"
    )
    assert rows(parsers, table) == [
        "Fees",
        "Who: Adult · Price, Day: 5 · Price, Year: 40",
        "Who: Child · Price, Day: 2 · Price, Year: 40",
        "Who: Dog · Price, Day: free · Price, Year: free",
    ]


def test_a_heading_within_a_table_is_said_with_each_row_under_it(parsers: Parsers) -> None:
    table = (
        "<tr><th>Boat</th><th>Seats</th></tr><tr><td>Auk</td><td>4</td></tr>"
        "<tr><th colspan=2>On request</th></tr><tr><td>Tern</td><td>9</td></tr>"
    )
    assert rows(parsers, table) == ["Boat: Auk · Seats: 4", "On request · Boat: Tern · Seats: 9"]


def test_lists_and_paragraphs_in_a_cell_stay_in_its_row(parsers: Parsers) -> None:
    table = (
        "<tr><th>Day</th><th>Bring</th></tr>"
        "<tr><td>Mon</td><td><ul><li>rope</li><li>tar</li></ul><p>And lunch.</p></td></tr>"
    )
    assert rows(parsers, table) == ["Day: Mon · Bring: rope; tar; And lunch."]


def test_a_table_in_a_cell_is_part_of_its_row(parsers: Parsers) -> None:
    inner = "<table><tr><td>left</td><td>right</td></tr></table>"
    table = f"<tr><th>Axle</th><th>Sides</th></tr><tr><td>1</td><td>{inner}</td></tr>"
    assert rows(parsers, table) == ["Axle: 1 · Sides: left · right"]


@pytest.mark.parametrize("span", ["colspan=999999999", "rowspan=999999999", "colspan=x rowspan=-1"])
def test_a_cell_may_claim_to_span_anything(parsers: Parsers, span: str) -> None:
    assert rows(parsers, f"<tr><td {span}>a</td><td>b</td></tr><tr><td>c</td></tr>")[0] == "a · b"


def test_a_table_that_frames_a_page_with_its_menu_is_running_text(parsers: Parsers) -> None:
    words = "The wheel of size 12 goes on the left axle, and the other one on the right. " * 5
    side = "<td><a href=/>Home</a> <a href=/all>All</a></td>"
    page = f"<html><body><table><tr>{side}<td><h1>Gears</h1><p>{words}</p></td></tr></table>"
    assert rows_of(parsers.read(page.encode(), "a.html")) == ["Gears", words.strip()]
