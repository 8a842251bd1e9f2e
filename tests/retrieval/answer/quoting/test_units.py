"""A quote makes sense by itself: an answer with its question, a list with its head, code whole."""

import pytest

from retrieval.answer.quoting.blocks import Kind
from retrieval.answer.quoting.headings import with_heading
from retrieval.answer.quoting.units import ENOUGH, MOST, Unit, about, grow, unit_of
from retrieval.types import Passage, SentenceScore


def passage(text: str, *sentences: str, start: int = 40) -> Passage:
    """A passage that stands somewhere in its document, with the sentences that may be quoted."""
    scores = tuple(
        SentenceScore(start + text.index(each), start + text.index(each) + len(each), 1.0)
        for each in sentences
    )
    return Passage("a", "a", "a", None, start, start + len(text), text, sentences=scores)


def quoted(found: Passage, sentence: str) -> str | None:
    """The unit that is quoted for a sentence."""
    start = found.start + found.text.index(sentence)
    unit = unit_of(found, start, start + len(sentence))
    return None if unit is None else found.slice(unit.start, unit.end)


def test_a_question_is_quoted_with_its_answer() -> None:
    text = "May dogs come in?\n\nOnly on a lead.\n\nMay cats?\n\nNo."
    found = passage(text, "May dogs come in?", "Only on a lead.", "May cats?", "No.")
    both = "May dogs come in?\n\nOnly on a lead."
    assert quoted(found, "May dogs come in?") == both
    assert quoted(found, "Only on a lead.") == both


def test_a_question_that_nothing_answers_is_not_quoted() -> None:
    found = passage("Dogs bark.\n\nMay dogs come in?", "Dogs bark.", "May dogs come in?")
    assert quoted(found, "May dogs come in?") is None


@pytest.mark.parametrize("sentence", ["Bring these:", "- a towel", "- a lock"])
def test_a_list_comes_whole_with_the_line_that_announces_it(sentence: str) -> None:
    text = "We swim.\n\nBring these:\n\n- a towel\n- a lock"
    found = passage(text, "We swim.", "Bring these:", "- a towel", "- a lock")
    assert quoted(found, sentence) == "Bring these:\n\n- a towel\n- a lock"


def test_of_a_long_list_the_items_from_the_one_that_answers_on_are_quoted() -> None:
    items = [f"- item {number} {'x' * 40}" for number in range(40)]
    found = passage("\n".join(items), *items)
    unit = quoted(found, items[7])
    assert unit is not None
    assert unit.startswith("- item 7 ")
    assert len(unit) <= ENOUGH


def test_code_comes_whole_with_what_announces_it() -> None:
    text = "To start it, run:\n\n```sh\nmake\n\nmake run\n```\n\nIt hums."
    code = "```sh\nmake\n\nmake run\n```"
    found = passage(text, "To start it, run:", code, "It hums.")
    assert quoted(found, code) == f"To start it, run:\n\n{code}"
    assert quoted(found, "To start it, run:") == f"To start it, run:\n\n{code}"


def test_a_row_of_a_table_stands_alone() -> None:
    rows = ["Boat: Gull · Seats: 12", "Boat: Tern · Seats: 40"]
    found = passage("\n\n".join(rows), *rows)
    assert quoted(found, rows[1]) == rows[1]


def test_a_paragraph_that_points_back_comes_with_the_code_above_it() -> None:
    points = "This lights the hall for five minutes."
    code = f"In a terminal:\n\n```\nlamp --on 5\n```\n\n{points}"
    text = f"Doors are shut at ten.\n\n{code}"
    found = passage(text, "Doors are shut at ten.", "In a terminal:", points)
    assert quoted(found, points) == code


def test_a_sentence_that_points_back_comes_with_what_it_points_at() -> None:
    text = "The gate is locked at ten. It is opened at six. Birds sing."
    found = passage(text, "The gate is locked at ten.", "It is opened at six.", "Birds sing.")
    assert (
        quoted(found, "It is opened at six.") == "The gate is locked at ten. It is opened at six."
    )
    assert quoted(found, "Birds sing.") == "Birds sing."


def test_a_unit_grows_by_the_sentences_beside_it_while_there_is_room() -> None:
    sentences = ["One is red.", "Two is blue.", "Three is green."]
    found = passage(" ".join(sentences), *sentences)
    start = found.start + found.text.index("Two")
    unit = unit_of(found, start, start + len("Two is blue."))
    assert unit is not None
    for room, text in (
        (12, "Two is blue."),
        (28, "Two is blue. Three is green."),
        (99, found.text),
    ):
        grown = grow(found, unit, room)
        assert found.slice(grown.start, grown.end) == text


def test_a_heading_is_quoted_with_its_text_where_it_says_more_of_the_question() -> None:
    found = passage("4.2.0 - 2031-05-06\n\n- Sails were mended.", "- Sails were mended.")
    start = found.start + found.text.index("- Sails")
    unit = unit_of(found, start, found.end)
    assert unit is not None
    assert unit.kind is Kind.LIST
    assert with_heading(found, unit, frozenset({"sails"})) == unit
    assert with_heading(found, unit, frozenset({"4", "released"})).start == found.start


def test_a_short_paragraph_is_quoted_with_what_follows_it_while_there_is_room() -> None:
    first, second, third = "The lamp flickers.", "Solution: tighten the bulb.", "x" * ENOUGH
    found = passage(f"{first}\n\n{second}\n\n{third}", first, second, third)
    unit = unit_of(found, found.start, found.start + len(first))
    assert unit is not None
    grown = grow(found, unit, ENOUGH)
    assert found.slice(grown.start, grown.end) == f"{first}\n\n{second}"


def test_a_quote_does_not_grow_into_another_question() -> None:
    first, question, answer = "Tea is free.", "Is coffee free?", "No."
    found = passage(f"{first}\n\n{question}\n\n{answer}", first, question, answer)
    unit = unit_of(found, found.start, found.start + len(first))
    assert unit is not None
    assert grow(found, unit, ENOUGH) == unit


def test_of_a_list_too_long_to_quote_its_first_items_come_with_what_announces_it() -> None:
    lead, items = "There are several reasons:", [f"- reason {n} {'x' * 40}" for n in range(40)]
    found = passage(lead + "\n\n" + "\n".join(items), lead, *items)
    unit = quoted(found, lead)
    assert unit is not None
    assert unit.startswith(f"{lead}\n\n- reason 0")
    assert unit.endswith("x")
    assert len(unit) <= MOST


def test_a_passage_that_begins_in_the_midst_of_code_has_prose_after_it() -> None:
    text = "make run\n```\n\nIt hums.\n\nStop it with:\n\n```sh\nmake stop\n```"
    found = passage(text, "make run", "It hums.", "Stop it with:", "```sh\nmake stop\n```")
    assert quoted(found, "make run") == "make run\n```"
    assert quoted(found, "It hums.") == "It hums."
    assert quoted(found, "Stop it with:") == "Stop it with:\n\n```sh\nmake stop\n```"


def test_of_several_codes_only_what_is_said_of_the_one_asked_about_is_quoted() -> None:
    lines = ["- E4: the lid is open.", "- E5: the belt slipped.", "- Call Ada then.", "- E6: ink."]
    found = passage("\n".join(lines), *lines)
    unit = unit_of(found, found.start, found.end)
    assert unit is not None
    about_one = about(found, unit, ["E5"])
    assert found.slice(about_one.start, about_one.end) == "\n".join(lines[1:3])
    assert about(found, unit, ["E9"]) == unit


def test_a_heading_above_another_comes_with_it_where_it_says_what_is_asked() -> None:
    text = "2.4.0 (12 March)\n\nAdded\n\n- A search."
    found = passage(text, "- A search.")
    start = found.start + text.index("- A")
    unit = with_heading(found, Unit(start, found.end, Kind.LIST), frozenset(["2.4.0", "march"]))
    assert found.slice(unit.start, unit.end) == text


@pytest.mark.parametrize("sentence", ["Bring these:", "- a towel", "- a lock"])
def test_a_list_with_blank_lines_between_its_items_comes_whole(sentence: str) -> None:
    text = "Bring these:\n\n- a towel\n\n- a lock\n\nWe swim."
    found = passage(text, "Bring these:", "- a towel", "- a lock", "We swim.")
    assert quoted(found, sentence) == "Bring these:\n\n- a towel\n\n- a lock"


def test_steps_go_on_behind_the_code_that_stands_in_one() -> None:
    steps = "1. Log in.\n2. Run this:\n  ```sh\n  make\n  ```\n  It beeps.\n3. Log out."
    found = passage(f"{steps}\n\nDone.", "1. Log in.", "2. Run this:", "3. Log out.", "Done.")
    assert quoted(found, "1. Log in.") == steps
    assert quoted(found, "3. Log out.") == steps


def test_code_that_stands_under_a_list_is_none_of_its_steps() -> None:
    code = "```sh\nmake\n```"
    found = passage(f"1. Log in.\n2. Log out.\n\n{code}", "1. Log in.", "2. Log out.", code)
    assert quoted(found, "1. Log in.") == "1. Log in.\n2. Log out."


def test_a_list_of_questions_is_not_quoted() -> None:
    text = "- Who pays?\n- When do we swim?\n\nWe swim at six."
    found = passage(text, "- Who pays?", "- When do we swim?", "We swim at six.")
    assert quoted(found, "- When do we swim?") is None
    assert quoted(found, "We swim at six.") == "We swim at six."


def test_a_numbered_question_is_quoted_with_its_answer() -> None:
    text = "1. Who pays?\n\nThe guests.\n\n2. Who swims?\n\nWhoever can."
    found = passage(text, "1. Who pays?", "The guests.", "2. Who swims?", "Whoever can.")
    assert quoted(found, "The guests.") == "1. Who pays?\n\nThe guests."
    assert quoted(found, "2. Who swims?") == "2. Who swims?\n\nWhoever can."


@pytest.mark.parametrize(
    ("question", "headed"),
    [
        ("when did the pier get lamps?", True),
        ("which version brought lamps", True),
        ("who brought the lamps", False),
    ],
)
def test_a_date_or_version_that_is_asked_for_comes_with_what_stands_under_it(
    question: str, headed: bool
) -> None:
    text = "2.4.0 (12 March)\n\nThe pier has lamps."
    found = passage(text, "The pier has lamps.")
    unit = Unit(found.start + text.index("The"), found.end, Kind.PROSE)
    start = with_heading(found, unit, frozenset(["lamps"]), question).start
    assert (start == found.start) is headed


def test_a_date_that_stands_in_the_text_needs_no_heading() -> None:
    text = "2.4.0 (12 March)\n\nOn 4 March the pier got lamps."
    found = passage(text, "On 4 March the pier got lamps.")
    unit = Unit(found.start + text.index("On"), found.end, Kind.PROSE)
    assert with_heading(found, unit, frozenset(["lamps"]), "when did it get lamps") == unit


def test_a_version_that_the_question_names_is_not_the_one_it_asks_for() -> None:
    text = "2.4.0 (12 March)\n\nLamps of 7.5 watts."
    found = passage(text, "Lamps of 7.5 watts.")
    unit, telling = Unit(found.end - 18, found.end, Kind.PROSE), frozenset(["lamps"])
    asked = "which version brought lamps of 7.5 watts"
    assert with_heading(found, unit, telling, asked).start == found.start
