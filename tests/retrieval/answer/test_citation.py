"""A citation says under which headings, on which page, or in which rows, a quote stands, and in
which language where that isn't the question's."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from retrieval.answer.citation import whereabouts
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.formats.registry import IN_PICTURE
from retrieval.reading.outline import Outline
from retrieval.types import Passage, headed
from tests.support.homes import note, opened, put

GERMAN = """# Werkstatt

Die Werkstatt öffnet dienstags und donnerstags um 14 Uhr. Der Schlüssel hängt im Büro.

# Lasercutter

Für den Lasercutter braucht man eine Einweisung. Sie dauert zwei Stunden und kostet nichts.

# Beitrag

Der Beitrag beträgt 26 Euro im Monat; für Studierende die Hälfte.
"""
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


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("german")
    with opened(home, SentenceEmbedder("multilingual")) as library:
        put(library, [note("werkstatt.md", GERMAN)])
        yield library


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("When does the workshop open?", "14 Uhr"),
        ("¿Cuánto dura la instrucción para la cortadora láser?", "zwei Stunden"),
        ("Сколько стоит членство в месяц?", "26 Euro"),
    ],
)
def test_an_answer_in_another_language_is_given_in_the_original_and_says_which(
    library: Library, question: str, held: str
) -> None:
    answer = library.ask(question)
    assert answer.answered
    assert held in answer.text
    assert {citation.language for citation in answer.citations} == {"de"}


def test_an_answer_in_the_questions_language_says_nothing_of_it(library: Library) -> None:
    answer = library.ask("Wann öffnet die Werkstatt?")
    assert "14 Uhr" in answer.text
    assert {citation.language for citation in answer.citations} == {""}


def test_what_no_document_says_in_any_language_is_refused(library: Library) -> None:
    assert not library.ask("Who won the football world cup in 1998?").answered
