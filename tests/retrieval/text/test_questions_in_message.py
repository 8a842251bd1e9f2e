"""The questions in a message, and a plain question as it is."""

import pytest
from hypothesis import given

from retrieval.text.questions_in_message import (
    LONGEST_MESSAGE,
    MOST_ASKED,
    last_clause,
    questions_in,
)
from tests.support.texts.any_text import QUESTIONS


def asked(message: str) -> list[str]:
    """The questions that are found in a message."""
    return [question for question, _ in questions_in(message)]


@pytest.mark.parametrize(
    "question",
    [
        "When does the boat leave?",
        "boat to skerry price",
        "Who is Dr. Holm of St. Tarn?",
        "If I lose my ticket, whom do I tell?",
        "When and where is the fair?",
        "When did Rev. Elie Holm leave the parish?",
        "How much land did the lord, John Tarn Pell. own in all?",
        "In what year was Holm Inc. founded by the town?",
        "Who may fish, and how?",
        "What changed in version 2.4.1?",
        "And where was she born?",
        "Why?",
        "F31 fault",
        "What do bread and butter cost?",
        "Which ferries go to Skerry and Holm in winter?",
        "???",
        "码头几点开门？",
    ],
)
def test_a_plain_question_stays_as_it_is(question: str) -> None:
    assert questions_in(question) == ((question, ""),)


@pytest.mark.parametrize(
    "message",
    [
        "What can I do about my loom? It creaks at every stroke.",
        "can i bring my dog? he is small and quiet",
        "How do I free the wheels? They sit tight since the winter.",
    ],
)
def test_what_goes_on_about_a_question_is_asked_with_it(message: str) -> None:
    assert questions_in(message) == ((message, ""),)


def test_what_only_presses_is_not_asked_with_a_question() -> None:
    assert questions_in("how do i reset my password? its urgent")[0][0].endswith("password?")


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("Hello everybody! When does the boat leave? Thanks a lot!", "When does the boat leave?"),
        ("hi all, when does the boat leave", "when does the boat leave"),
        (
            "ugh. i stood at the pier for an hour. when does the boat leave",
            "when does the boat leave",
        ),
        ("my son lost his hat on board :( please where do i get it back", "where do i get it back"),
        ("my boiler is cold, how do i start it?", "how do i start it?"),
        ("is that normal?? it shows F31 since noon and i am cold", "What does F31 mean?"),
        (
            "please help!! there is F31 on the display, and guests come tonight",
            "What does F31 mean?",
        ),
        (
            "Thank you in advance. my bicycle chain keeps falling off",
            "my bicycle chain keeps falling off",
        ),
        ("the pier is closed?\nanybody", "the pier is closed?"),
        ("My loom beeps at night. What helps?", "My loom beeps at night."),
        ("My loom beeps at night. How do I solve?", "My loom beeps at night."),
        ("My loom beeps at night, what helps?", "My loom beeps at night, what helps?"),
        ("My loom beeps at night, what do I do?", "My loom beeps at night, what do I do?"),
    ],
)
def test_a_story_is_asked_by_the_part_that_asks(message: str, question: str) -> None:
    assert asked(message) == [question]


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        (
            "how do i get a berth and what does it cost",
            ["how do i get a berth", "what does it cost"],
        ),
        (
            "may i bring my cat and is there a kitchen?",
            ["may i bring my cat", "is there a kitchen?"],
        ),
        (
            "When does the boat leave? Where is the pier?",
            ["When does the boat leave?", "Where is the pier?"],
        ),
        (
            "Can a parcel be sent empty? If so, is it charged for?",
            ["Can a parcel be sent empty?", "If so, is it charged for?"],
        ),
        ("who sells tickets and who runs the ferry", ["who sells tickets", "who runs the ferry"]),
    ],
)
def test_two_questions_are_two(message: str, questions: list[str]) -> None:
    assert asked(message) == questions


def test_a_pronoun_points_into_the_nearest_clause_that_says_something() -> None:
    assert last_clause("i am new here, and on the old pier, sorry") == "old pier"
    assert last_clause("hello") == ""


def test_no_more_than_a_few_questions_are_asked_at_once() -> None:
    assert len(asked(" ".join(f"What does berth {n} cost?" for n in range(9)))) == MOST_ASKED


@pytest.mark.parametrize("part", [" ", "\n", "so ", "a.", "and who is ", "? ", ", ", "hi "])
def test_a_message_without_end_is_looked_through_at_once(part: str) -> None:
    long = part * (LONGEST_MESSAGE // len(part))
    assert len(questions_in(long)) <= MOST_ASKED
    assert questions_in("x" * (LONGEST_MESSAGE + 1)) == (("x" * (LONGEST_MESSAGE + 1), ""),)


@given(QUESTIONS)
def test_some_question_is_always_found(message: str) -> None:
    found = questions_in(message)
    assert 1 <= len(found) <= MOST_ASKED
