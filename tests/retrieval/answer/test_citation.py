"""A citation says under which headings, on which page, or in which rows, a quote stands."""

from dataclasses import replace

import pytest

from retrieval.answer.citation import whereabouts
from retrieval.reading.formats.registry import IN_PICTURE
from retrieval.reading.outline import Outline
from retrieval.types import Passage, headed

TABLE = Outline(kind="xlsx", rows=((0, 2), (40, 3), (80, 5)))


def passage(kind: str = "text", page: int | None = None) -> Passage:
    """A passage from the 30th to the 100th character."""
    return Passage("id", "Title", "source", page, 30, 100, "x" * 70, kind=kind)


@pytest.mark.parametrize(
    ("kind", "page", "words"),
    [("pdf", 3, "page 3"), ("pptx", 4, "slide 4"), ("docx", None, ""), ("text", None, "")],
)
def test_a_page_is_called_what_it_is(kind: str, page: int | None, words: str) -> None:
    assert whereabouts(passage(kind, page), 30, 100) == words


@pytest.mark.parametrize(
    ("kind", "page", "words"),
    [("pdf", 3, "page 3, read from a picture"), ("picture", None, "read from a picture")],
)
def test_what_was_read_from_a_picture_says_so(kind: str, page: int | None, words: str) -> None:
    seen = replace(passage(kind, page), rows=((0, IN_PICTURE),))
    assert whereabouts(seen, 30, 100) == words


def test_only_the_part_that_was_read_from_a_picture_says_so() -> None:
    outline = Outline(kind="pdf", parts=((0, 1), (50, 2), (90, 3)), rows=((50, IN_PICTURE),))
    assert [bool(outline.rows_in(at, at + 5)) for at in (10, 50, 60, 90, 95)] == [
        *(False, True, True, False, False)
    ]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (40, 79, "row 3"),
        (80, 100, "row 5"),
        (40, 100, "rows 3–5"),
        (50, 60, "row 3"),
        (30, 39, "row 2"),
        (30, 100, "rows 2–5"),
    ],
)
def test_a_quote_from_a_table_says_its_rows(start: int, end: int, words: str) -> None:
    rows = replace(passage("xlsx"), rows=TABLE.rows_in(30, 100))
    assert whereabouts(rows, start, end) == words


@pytest.mark.parametrize(
    ("title", "section", "line"),
    [
        ("Handbook", "", "Handbook"),
        ("Handbook", "Leave › Parental", "Handbook › Leave › Parental"),
        ("Handbook", "Handbook", "Handbook"),
        ("Handbook", "Handbook › Leave", "Handbook › Leave"),
        ("Hand", "Handbook › Leave", "Hand › Handbook › Leave"),
    ],
)
def test_a_title_is_not_said_twice(title: str, section: str, line: str) -> None:
    assert headed(title, section) == line
