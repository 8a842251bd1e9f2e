"""Laws that hold for any file at all, whatever stands in it."""

import csv
import json
from collections.abc import Callable, Sequence
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.formats.content import without_unseen
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import office, opened
from tests.support.formats.drawn import pdfs
from tests.support.formats.reading import (
    assert_headings_stand_where_they_say,
    fit_for_people,
    headings_of,
    text_of,
    well_formed,
)
from tests.support.formats.specimens import KINDS, specimens

Maker = Callable[[Sequence[Sequence[str]]], tuple[bytes, str]]

# What can be written in every kind of file: no control characters, and not only white space.
words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1)
plain_words = st.text("abcdefghij klmnop", min_size=3, max_size=20).map(
    lambda text: " ".join(f"a{text}z".split())
)
titles = st.lists(st.tuples(st.integers(1, 3), plain_words), min_size=1, max_size=6)
cells = words.filter(lambda text: text[0] not in "='<")
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=5)
)


def in_xlsx(table: Sequence[Sequence[str]]) -> tuple[bytes, str]:
    return office.xlsx({"S": table}), "a.xlsx"


def in_ods(table: Sequence[Sequence[str]]) -> tuple[bytes, str]:
    return opened.ods({"S": table}), "a.ods"


def in_csv(table: Sequence[Sequence[str]]) -> tuple[bytes, str]:
    file = StringIO()
    # Quoted, as a lone cell of ";" might as well be two empty ones.
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(table)
    return file.getvalue().encode("utf-8-sig"), "a.csv"


@pytest.mark.parametrize("write", [in_xlsx, in_ods, in_csv])
@settings(max_examples=25)
@given(table=tables)
def test_every_cell_of_a_table_is_in_its_text(
    parsers: Parsers, write: Maker, table: list[list[str]]
) -> None:
    data, name = write(table)
    content = well_formed(parsers.read(data, name))
    text = text_of(content)
    assert [cell for row in table for cell in row if without_unseen(cell) not in text] == []


@settings(max_examples=25)
@given(tables)
def test_rows_begin_where_they_say(parsers: Parsers, table: list[list[str]]) -> None:
    (part,) = well_formed(parsers.read(office.xlsx({"S": table}))).parts
    ends = [start for start, _ in part.rows[1:]] + [len(part.text) + 2]
    for (start, number), end in zip(part.rows, ends, strict=True):
        row = part.text[start : end - 2]
        assert "\n" not in row
        assert all(without_unseen(cell) in row for cell in table[number - 1])


def as_blocks(headings: list[tuple[int, str]]) -> list[str]:
    return [text for level, title in headings for text in (f"{'#' * level} {title}", "Some text.")]


@settings(max_examples=12)
@given(titles)
def test_headings_stand_where_they_say_in_any_document(
    parsers: Parsers, headings: list[tuple[int, str]]
) -> None:
    blocks = as_blocks(headings)
    html = "".join(f"<h{level}>{title}</h{level}><p>Some text.</p>" for level, title in headings)
    for data in (
        office.docx(blocks),
        opened.odt(blocks),
        opened.epub([html]),
        f"<html><body><main>{html}</main></body></html>".encode(),
    ):
        content = well_formed(parsers.read(data))
        assert headings_of(content) == headings
        assert_headings_stand_where_they_say(content)


@settings(max_examples=20)
@given(titles)
def test_headings_of_a_pdf_stand_where_they_say(
    parsers: Parsers, headings: list[tuple[int, str]]
) -> None:
    # An outline begins at the top, and goes down by one level at a time.
    levels = [1]
    for level, _ in headings[1:]:
        levels.append(min(level, levels[-1] + 1))
    told = [(level, title) for level, (_, title) in zip(levels, headings, strict=True)]
    content = well_formed(parsers.read(pdfs.pdf([as_blocks(told)])))
    assert headings_of(content) == told
    assert_headings_stand_where_they_say(content)


@settings(max_examples=25)
@given(st.lists(plain_words, min_size=1, max_size=8))
def test_headings_of_markdown_stand_in_order(parsers: Parsers, lines: list[str]) -> None:
    text = "\n".join(f"# {line}\n\ntext" for line in lines)
    content = well_formed(parsers.read(text.encode(), "a.md"))
    assert headings_of(content) == [(1, line) for line in lines]
    assert_headings_stand_where_they_say(content)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(values, min_size=1) | st.dictionaries(st.text(), values, min_size=1))
def test_any_json_is_read_or_refused(parsers: Parsers, value: object) -> None:
    read_or_refused(parsers, json.dumps(value).encode(), "a.json")


pieces = st.sampled_from(
    """<html> <body> <p> </p> <ul> <li> <table> <tr> <td> <br> <pre> <code> <nav> <main> <a> <h1>
    <h2> </h2> <b> </main> </table> </ul> &nbsp; &#0; &#xD800; &#13; &bad; <!-- --> <![CDATA[ <svg>
    <!DOCTYPE <dl> <dt> <dd> <title> <script> " ' > / word # == --- ``` ~~~ * .. :: ` | [ ] { } : ,
    \\""".split()
) | st.sampled_from(["\0", "\r", "\n", "\n\n", " ", "\t", "\ufeff", "\u2028", "\u2029", "\x85"])
markup = st.lists(pieces | st.text(max_size=3), max_size=25).map(
    lambda parts: "".join(parts).encode(errors="replace")
)
names = st.sampled_from(["", *(f"a.{end}" for end in "txt md html csv rst json tsv".split())])


@given(st.binary() | markup, names)
def test_any_bytes_are_read_or_refused(parsers: Parsers, data: bytes, name: str) -> None:
    read_or_refused(parsers, data, name)


@given(st.sampled_from(KINDS), st.data())
def test_any_beginning_of_a_file_is_read_or_refused(
    parsers: Parsers, kind: str, data: st.DataObject
) -> None:
    specimen = specimens()[kind]
    end = data.draw(st.integers(0, len(specimen.data)))
    read_or_refused(parsers, specimen.data[:end], specimen.name)


def read_or_refused(parsers: Parsers, data: bytes, name: str) -> None:
    try:
        well_formed(parsers.read(data, name))
    except UnreadableError as error:
        fit_for_people(error)
