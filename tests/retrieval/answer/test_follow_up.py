"""A follow-up carries over what the talk was about; a question that stands alone stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.abstention import NOT_SAID, UNSUPPORTED
from retrieval.answer.follow_up import MOST_CARRIED, MOST_TURNS, condense
from retrieval.library import Library
from retrieval.types import Turn
from tests.support.homes import note, put
from tests.support.texts.any_text import QUESTIONS

LOVELACE = Turn("Who was Ada Lovelace?", "Ada Lovelace wrote about the Analytical Engine. [1]")
TICKET = Turn("What does a ticket to Skerry cost?", "A ticket to Skerry costs four crowns. [1]")
FERRY = Turn("Did Ivo Brand run the ferry?", "Ivo Brand ran the ferry for ten summers. [1]")
DELAY = Turn("Is the ferry often late?", "The ferry is late in winter. [1]")


def carried_over(question: str, *turns: Turn) -> set[str]:
    """The words that a question gets from earlier turns."""
    condensed = condense(question, turns)
    assert condensed.startswith(question)
    return set(condensed.removeprefix(question).strip(" ()").split())


@pytest.mark.parametrize(
    ("question", "turn", "carried"),
    [
        ("When was she born?", LOVELACE, ["Ada", "Lovelace"]),
        ("Why?", LOVELACE, ["Ada", "Lovelace"]),
        ("Did it ever run?", LOVELACE, ["Analytical", "Engine"]),
        ("What about children?", TICKET, ["ticket", "cost"]),
        ("And how about Holm?", TICKET, ["ticket", "cost"]),
        ("the same for Holm", TICKET, ["ticket", "cost"]),
        ("And Holm?", TICKET, ["ticket", "cost"]),
        ("Who else?", FERRY, ["Ivo", "Brand", "run", "ferry"]),
        ("Why?", DELAY, ["ferry", "often", "late"]),
        ("Why not?", DELAY, ["ferry", "often", "late"]),
        ("How much?", TICKET, ["ticket", "Skerry", "cost"]),
        ("In which year?", FERRY, ["ferry"]),
        ("What is this?", DELAY, ["ferry"]),
        ("Since when is that?", DELAY, ["ferry", "late"]),
        ("What was done about that delay?", DELAY, ["ferry", "late"]),
        ("When did he sell it?", FERRY, ["Ivo", "Brand", "ferry"]),
        ("Who has read his letter?", FERRY, ["Ivo", "Brand"]),
        ("What did the Guardian say that he had sold?", FERRY, ["Ivo", "Brand"]),
    ],
)
def test_a_follow_up_carries_over_what_it_leans_on(
    question: str, turn: Turn, carried: list[str]
) -> None:
    assert set(carried) <= carried_over(question, turn)


def test_asking_the_same_of_another_name_leaves_the_first_name_behind() -> None:
    assert "Skerry" not in condense("What about Holm?", [TICKET])


@pytest.mark.parametrize(
    "question",
    [
        "When did the lighthouse keeper retire?",
        "How many people crossed the river in 1912?",
        "Who is Nora Holm?",
        "What is BDS?",
        "Is there a lighthouse on the river?",
        "Who said that the river was crossed?",
        "What did Nora Holm say when she crossed the river?",
        "And how many people crossed the river?",
        "Who may fish?",
        "How much is a berth?",
        "How do I log in?",
        "When did the islanders gain their rights?",
        "When did the town of Holm change its name?",
        "What is descaling?",
        "berths",
        "How many boats are there?",
        "Is it allowed to smoke on the pier?",
        "How long does it take to cross the river?",
        "Who runs this server?",
        "Does the ferry stop when its doors open?",
        "What does the keeper do if he is ill?",
        "Can two boats use the same berth?",
        "Where do I leave my bicycle, and is it safe?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert condense(question, [LOVELACE, TICKET]) == question


def test_only_the_last_turn_is_leant_on() -> None:
    assert "Lovelace" not in condense("Who built it?", [LOVELACE, TICKET])
    assert "Lovelace" in condense("Who built it?", [TICKET, LOVELACE])


def test_a_follow_up_to_a_follow_up_is_about_whom_the_first_was_about() -> None:
    learnt = Turn("Where did she go to school?", "The school was in Tarn, near Holm. [1]")
    assert carried_over("When was she born?", LOVELACE, learnt) == {"Ada", "Lovelace"}


def test_whoever_wrote_to_another_is_still_the_one_talked_of() -> None:
    wrote = Turn("To whom did she write?", "The letter went to Nora Holm. [1]")
    assert carried_over("When did she write?", LOVELACE, wrote) == {"Ada", "Lovelace"}


def test_who_did_it_is_whom_the_answer_names() -> None:
    ran = Turn("Who ran the ferry to Skerry?", "On Tuesday the Skerry ferry was Ivo Brand's. [1]")
    assert carried_over("When was he born?", ran) == {"Ivo", "Brand"}


def test_a_name_may_be_written_in_small_letters() -> None:
    small = Turn("who was ada lovelace?", LOVELACE.answer)
    assert carried_over("when was she born?", small) == {"Ada", "Lovelace"}
    unanswered = Turn("who was ada lovelace?", NOT_SAID)
    assert carried_over("when was she born?", unanswered) == {"ada", "lovelace"}


def test_that_the_documents_do_not_say_is_no_subject() -> None:
    unanswered = Turn("What does the ferry cost?", NOT_SAID)
    assert carried_over("When was it built?", unanswered) == {"ferry", "cost"}


def test_marks_are_not_carried_over() -> None:
    marked = Turn("Was it sold?", f"Nobody bought the Teal {UNSUPPORTED}. [1] Or the Tern. [2]")
    assert carried_over("When did he retire?", marked) == {"Teal"}


def test_what_another_quote_says_is_not_carried_over() -> None:
    quotes = Turn("Was it sold?", "Somebody bought the Teal. [1] Nora Holm is the mayor. [2]")
    assert carried_over("Who built it?", quotes) == {"sold", "Teal"}


def test_a_talk_may_go_on_for_ever() -> None:
    assert carried_over("Why?", FERRY, *[Turn("Why not?", NOT_SAID)] * 2000) == set()
    lately = [Turn("Why not?", NOT_SAID)] * (MOST_TURNS - 1)
    assert "ferry" in carried_over("Why?", FERRY, *lately)


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
