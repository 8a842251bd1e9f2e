"""Tables in text: a row is a paragraph that says what each of its cells is."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, rows_of

STAFF = [["Name", "Weeks"], ["Ann", "twenty"], ["Bo", "twelve"]]


@pytest.mark.parametrize("mark", list(",;\t|"))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_file_is_read_whatever_parts_its_cells(parsers: Parsers, mark: str, end: str) -> None:
    text = end.join(mark.join(row) for row in [*STAFF, ["Cy", '"a ""b"""']])
    content = parsers.read(text.encode(), "staff.csv")
    assert content.kind == "csv"
    assert rows_of(content) == [
        "Name: Ann · Weeks: twenty",
        "Name: Bo · Weeks: twelve",
        'Name: Cy · Weeks: a "b"',
    ]
    assert [number for _, number in content.parts[0].rows] == [2, 3, 4]
    assert not headings_of(content)


def test_a_csv_files_quoted_cell_may_hold_lines(parsers: Parsers) -> None:
    content = parsers.read(b'Name,Note\nAnn,"one\ntwo"\nBo,x\n', "a.csv")
    assert rows_of(content) == ["Name: Ann · Note: one two", "Name: Bo · Note: x"]


def test_a_csv_file_from_an_old_excel_is_read(parsers: Parsers) -> None:
    content = parsers.read("Straße;Nr\nMüllergäßchen;5\n".encode("cp1252"), "a.csv")
    assert rows_of(content) == ["Straße: Müllergäßchen · Nr: 5"]
