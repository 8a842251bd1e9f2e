"""Tell questions from talk, and what a post asks."""

import pytest

from bot.discord.forums.open_question import asks_outright, is_withdrawn
from bot.discord.forums.post import question_with_title
from retrieval.types import Turn


@pytest.mark.parametrize(
    "text",
    [
        "When does the ferry leave?",
        "hey all, how do i link my account",
        "Sorry if this was asked before. What does a ticket cost?",
        "is there a limit on hoppers",
        "the ferry to Skerry, which port?",
    ],
)
def test_these_ask(text: str) -> None:
    assert asks_outright(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lol",
        "lol?",
        "???",
        "ok thanks!",
        "really?",
        "The ferry leaves at nine.",
        "👍",
        "and you?",
    ],
)
def test_these_do_not(text: str) -> None:
    assert not asks_outright(text)


@pytest.mark.parametrize("text", ["nvm", "never mind, got it", "Found it, thanks", "solved!"])
def test_these_take_a_question_back(text: str) -> None:
    assert is_withdrawn(text)


@pytest.mark.parametrize(
    ("title", "body", "question", "before"),
    [
        ("Ferry", "When does it leave?", "When does it leave?", ["Ferry"]),
        ("When does the ferry leave?", "", "When does the ferry leave?", []),
        ("When does the ferry leave?", "I am late.", "When does the ferry leave?", []),
        ("Lost key", "I lost it at sea.", "Lost key.\nI lost it at sea.", []),
    ],
)
def test_title_and_body_make_the_question(
    title: str, body: str, question: str, before: list[str]
) -> None:
    assert question_with_title(title, body) == (question, [Turn(said, "") for said in before])
