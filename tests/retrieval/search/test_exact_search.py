"""A question that names an identifier is answered by what names it too, or not at all."""

import pytest

from retrieval.library import Library
from tests.support.homes import note, put

FAULTS = (
    "Error F2040 means that the pump is dry.\n\nError F2041 means that the pump is blocked.\n\n"
    "The option --dry-run tries the pump without water."
)


@pytest.fixture
def pumps(library: Library) -> Library:
    """A library with a text on the faults of pumps."""
    put(
        library,
        [note("pumps", FAULTS), note("boats", "Boats leave at ten. A ticket costs two crowns.")],
    )
    return library


def test_what_the_identifier_means_is_quoted_and_no_neighbour(pumps: Library) -> None:
    answer = pumps.ask("what does F2041 mean")
    assert answer.answered
    assert "blocked" in answer.text
    assert "dry" not in answer.text


def test_one_that_stands_nowhere_is_said_not_to_be_there(pumps: Library) -> None:
    answer = pumps.ask("what does F2049 mean")
    assert not answer.answered
    assert answer.text == "The documents don't say: F2049 is not in them."


def test_an_option_is_found_by_its_name(pumps: Library) -> None:
    assert "without water" in pumps.ask("--dry-run?").text
    assert not pumps.ask("what is --dry-runs").answered


def test_the_rest_of_a_story_does_not_hide_what_it_names(pumps: Library) -> None:
    assert "dry" in pumps.ask("help!! F2040 again and my roommate is asleep").text


def test_a_hyphen_within_an_identifier_may_be_left_out(pumps: Library) -> None:
    put(pumps, [note("lamps", "Fault L-31 means that a lamp is out.\n\nFault K32 means fog.")])
    assert "lamp is out" in pumps.ask("what does L31 mean").text
    assert "fog" in pumps.ask("what does K-32 mean").text


def test_a_command_is_one_thing(pumps: Library) -> None:
    put(pumps, [note("bot", "Type /moor to tie a boat up.\n\nType /cast to untie a boat.")])
    answer = pumps.ask("what does /cast do")
    assert "untie" in answer.text
    assert "/moor" not in answer.text
    assert pumps.ask("what does /row do").text == "The documents don't say: /row is not in them."


def test_a_numbered_paragraph_is_one_thing(pumps: Library) -> None:
    text = "# § 3 Oars\n\nOars are lent for a day.\n\n# § 13 Sails\n\nSails are dried in the loft."
    put(pumps, [note("statutes", text)])
    answer = pumps.ask("What does § 3 say?")
    assert "lent for a day" in answer.text
    assert "loft" not in answer.text


def test_an_item_of_a_list_is_found_by_its_number(pumps: Library) -> None:
    steps = "# Winch\n\n1. Grease the drum.\n2. Lock the pawl.\n3. Wind the rope."
    put(pumps, [note("winch", steps)])
    assert "Lock the pawl" in pumps.ask("what is step 2 of the winch").text
    assert not pumps.ask("what is step 7 of the winch").answered
    assert not pumps.ask("what is step 2 of the kiln").answered
