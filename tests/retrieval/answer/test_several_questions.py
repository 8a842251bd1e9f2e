"""A message with a story or with two questions in it, asked of a library."""

import asyncio

import pytest

from retrieval.answer.abstention import NOT_SAID
from retrieval.answer.several_questions import stand_alone
from retrieval.library import Library
from retrieval.types import Answer, Turn
from tests.support.homes import note, put

NOTES = {
    "ferry": "The ferry to Skerry leaves at nine. A ticket for the ferry costs four crowns.",
    "pier": "The pier of Holm was built in 1851. Its keeper is Ada Lorne.",
    "kitchen": "Guests cook in the kitchen behind the hall. It closes at eleven in the evening.",
    "boiler": "Fault F31 of the boiler says that there is no water in it. Fill it up.",
}


@pytest.fixture
def stocked(library: Library) -> Library:
    """A library with some notes."""
    put(library, [note(name, text, name) for name, text in NOTES.items()])
    return library


def quotes(answer: Answer) -> str:
    """All that an answer quotes."""
    return " ".join(citation.quote for citation in answer.citations)


def test_a_story_gets_the_answer_to_what_it_asks(stocked: Library) -> None:
    story = "hi all! my boiler is cold since noon and i am freezing. when does the ferry leave??"
    answer = stocked.ask(story)
    assert answer.question == story
    assert "nine" in quotes(answer)


def test_two_questions_get_two_answers_numbered_through(stocked: Library) -> None:
    answer = stocked.ask("when does the ferry to skerry leave and when was the pier built?")
    assert "nine" in quotes(answer)
    assert "1851" in quotes(answer)
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(f"[{number}]" in answer.text for number in numbers)


def test_of_two_questions_the_one_without_an_answer_is_named(stocked: Library) -> None:
    answer = stocked.ask("when was the pier built and who won the cup in 1987?")
    assert answer.answered
    assert "1851" in quotes(answer)
    assert answer.text.endswith(f"“who won the cup in 1987”: {NOT_SAID}")


def test_two_questions_without_answers_are_one_message_without_one(stocked: Library) -> None:
    answer = stocked.ask("who won the cup in 1987 and what does a violin cost in Peru?")
    assert not answer.answered
    assert answer.text == NOT_SAID


def test_two_questions_get_two_answers_in_a_stream_as_well(stocked: Library) -> None:
    message = "when does the ferry to skerry leave and when was the pier built?"

    async def last() -> Answer:
        return [answer async for answer in stocked.astream(message)][-1]

    assert asyncio.run(last()).text == stocked.ask(message).text


def test_the_second_question_is_about_what_the_first_named() -> None:
    first, second = stand_alone("how do i get a berth and what does it cost", [])
    assert first == "how do i get a berth"
    assert second == "what does it cost (get berth)"


def test_a_story_says_what_its_question_points_to() -> None:
    message = "sorry, i'm new and have a small boat. where can i moor it?"
    assert stand_alone(message, []) == ["where can i moor it? (small boat)"]


def test_a_follow_up_leans_on_earlier_turns() -> None:
    turn = Turn("Who is Ada Lorne?", "Ada Lorne keeps the pier. [1]")
    assert stand_alone("When was she born?", [turn]) == ["When was she born? (Ada Lorne)"]
