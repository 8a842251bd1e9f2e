"""A follow-up carries over what the talk was about; a question that stands alone stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.condense import MOST_CARRIED, condense
from retrieval.library import Library
from retrieval.schema import Turn

from .places import note, put
from .texts import QUESTIONS

LOVELACE = Turn("Who was Ada Lovelace?", "Ada Lovelace wrote about the Analytical Engine. [1]")
TICKET = Turn("What does a ticket to Skerry cost?", "A ticket to Skerry costs four crowns. [1]")


@pytest.mark.parametrize(
    ("question", "turn", "carried"),
    [
        ("When was she born?", LOVELACE, ["Ada", "Lovelace"]),
        ("Why?", LOVELACE, ["Ada", "Lovelace"]),
        ("Did it ever run?", LOVELACE, ["Analytical", "Engine"]),
        ("What about children?", TICKET, ["ticket", "cost"]),
        ("And how about Holm?", TICKET, ["ticket", "cost"]),
    ],
)
def test_a_follow_up_carries_over_what_it_leans_on(
    question: str, turn: Turn, carried: list[str]
) -> None:
    condensed = condense(question, [turn])
    assert condensed.startswith(question)
    assert set(carried) <= set(condensed.removeprefix(question).strip(" ()").split())


def test_asking_the_same_of_another_name_leaves_the_first_name_behind() -> None:
    assert "Skerry" not in condense("What about Holm?", [TICKET])


@pytest.mark.parametrize(
    "question",
    ["When did the lighthouse keeper retire?", "How many people crossed the river in 1912?"],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert condense(question, [LOVELACE, TICKET]) == question


def test_only_the_last_turn_is_leant_on() -> None:
    assert "Lovelace" not in condense("Who built it?", [LOVELACE, TICKET])
    assert "Lovelace" in condense("Who built it?", [TICKET, LOVELACE])


def test_a_name_that_the_question_holds_is_not_said_again() -> None:
    assert condense("Was Lovelace proud of it?", [LOVELACE]).count("Lovelace") == 1


@given(QUESTIONS)
def test_without_earlier_turns_nothing_changes(question: str) -> None:
    assert condense(question, []) == question


@given(QUESTIONS, st.lists(st.builds(Turn, st.text(), st.text()), max_size=3))
def test_the_question_itself_always_comes_first_and_little_is_added(
    question: str, turns: list[Turn]
) -> None:
    condensed = condense(question, turns)
    assert condensed.startswith(question)
    assert len(condensed.removeprefix(question).split()) <= MOST_CARRIED


def test_a_follow_up_is_answered_as_a_talk_goes_on(library: Library) -> None:
    put(
        library,
        [
            note("ada", "Ada Lovelace wrote about the Analytical Engine. She was born in London."),
            note("ivo", "Ivo Brand ran the ferry for ten summers. He was born in Holm."),
        ],
    )
    question = "Who wrote about the Analytical Engine?"
    first = library.ask(question)
    second = library.ask("And where was she born?", [Turn(question, first.text)])
    assert second.question == "And where was she born?"
    assert "London" in second.text
    assert second.citations[0].source == "ada"
