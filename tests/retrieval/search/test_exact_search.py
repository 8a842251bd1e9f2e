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
