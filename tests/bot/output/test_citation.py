"""The form of a citation on a terminal."""

from bot.output.citation import footnote, passage_heading, position
from retrieval.types import Citation, Passage


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
