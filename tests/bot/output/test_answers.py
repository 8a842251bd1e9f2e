"""A terminal shows an answer piece by piece."""

from dataclasses import replace
from io import StringIO

import pytest

from bot.output.answers import (
    footnote,
    passage_heading,
    position,
    show_answer,
    show_passages,
)
from bot.output.document_list import show_document, show_documents
from bot.output.terminal import make_console
from retrieval.types import Answer, Citation, DocumentInfo, Hyperlink, Passage

PASSAGE = Passage("d1", "Notes", "/notes.txt", None, 10, 30, "The gate is\ngreen.", 0.5)
INFO = DocumentInfo(
    "d1", "common", "Notes", "/notes.txt", 2, 4711, "2026-11-23T10:00:00Z", "cli", "ready"
)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def answer(**changes: object) -> Answer:
    citation = Citation(
        1, "d1", "Notes", "/notes.txt", 4, 10, 30, "The gate is green.", "Gates", "page 4"
    )
    values = {
        "question": "Which colour?",
        "answered": True,
        "text": "The gate is green. [1]",
        "confidence": 0.9,
        "reader": "quote",
        "citations": (citation,),
    }
    return Answer(**{**values, **changes})  # type: ignore[arg-type]


def test_a_footnote_has_number_title_section_source_page_and_characters() -> None:
    stream = StringIO()
    show_answer(make_console(stream), answer())
    assert stream.getvalue() == (
        "The gate is green. [1]\n\n[1] Notes › Gates  /notes.txt, page 4, characters 10–30\n"
    )


def test_a_footnote_says_the_documents_own_date() -> None:
    (citation,) = answer().citations
    told = footnote(replace(citation, date="2024-03-01T09:30:00Z")).plain
    assert told == "[1] Notes › Gates  /notes.txt, page 4, characters 10–30, of 2024-03-01"


def test_a_footnote_says_the_language_of_a_quote_in_another_than_the_question() -> None:
    (citation,) = answer().citations
    told = footnote(replace(citation, language="de")).plain
    assert told.endswith("page 4, characters 10–30, original in German")


def test_where_words_of_a_quote_lead_stands_under_its_footnote() -> None:
    (citation,) = answer().citations
    link = Hyperlink(14, 18, "https://gates.example/\x1b[1m")
    stream = StringIO()
    show_answer(make_console(stream), answer(citations=(replace(citation, hyperlinks=(link,)),)))
    assert stream.getvalue().endswith("10–30\n    gate: https://gates.example/[1m\n")


def test_an_abstention_shows_what_came_nearest() -> None:
    stream = StringIO()
    changes = {"answered": False, "text": "Not said.", "citations": (), "passages": (PASSAGE,)}
    show_answer(make_console(stream), answer(**changes))
    assert stream.getvalue() == (
        "Not said.\n\nWhat came nearest:\n\n1. Notes  /notes.txt, characters 10–30, score 0.50\n"
        "   The gate is\n   green.\n"
    )


@pytest.mark.parametrize("stream", [StringIO(), Terminal()], ids=["pipe", "terminal"])
def test_markup_and_emoji_codes_in_a_document_stay_text(
    stream: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    marked = "[bold]x[/bold] [/] :smile: [link=https://example.org]y"
    passage = Passage("d1", marked, marked, None, 0, 9, marked)
    info = DocumentInfo("d1", "common", marked, marked, 1, 9, INFO.added_at, "cli", "ready")
    console = make_console(stream)
    console.width = 400
    show_passages(console, [passage])
    show_documents(console, [info])
    show_document(console, info, marked)
    assert stream.getvalue().count(marked) == 3 + 2 + 3


def test_in_a_pipe_a_long_line_stays_one_line() -> None:
    stream, long = StringIO(), "word " * 1000
    show_answer(make_console(stream), answer(text=long, citations=()))
    assert stream.getvalue() == long.rstrip() + "\n" or stream.getvalue() == long + "\n"


def test_in_a_pipe_nothing_is_coloured() -> None:
    stream = StringIO()
    show_answer(make_console(stream), answer())
    show_documents(make_console(stream), [INFO])
    assert "\x1b" not in stream.getvalue()


def test_a_footnote_steers_no_terminal() -> None:
    citation = Citation(1, "d1", "No\x1b[2Jtes", "/no\u202etes", None, 10, 30, "Gates", "Gates", "")
    assert footnote(citation).plain == "[1] No[2Jtes › Gates  /notes, characters 10–30"


def test_a_passage_is_headed_like_a_footnote_with_its_score() -> None:
    passage = Passage("d1", "Notes", "/notes.txt", 4, 10, 30, "The gate is\ngreen.", 0.5)
    assert passage_heading(2, passage).plain == (
        "2. Notes  /notes.txt, page 4, characters 10–30, score 0.50"
    )


def test_a_position_names_the_page_where_there_is_one() -> None:
    assert position("", 10, 30) == "characters 10–30"
    assert position("page 4", 10, 30) == "page 4, characters 10–30"
