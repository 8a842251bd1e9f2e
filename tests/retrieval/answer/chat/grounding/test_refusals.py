"""A remark on the passages is not an answer; a statement on the subject may be."""

import pytest

from retrieval.answer.chat.grounding.refusals import is_aside


@pytest.mark.parametrize(
    "claim",
    [
        "The passage is about the Skerry ferry.",
        "This passage does not mention a price.",
        "The passages don't say who ran it.",
        "The given passages describe a ferry.",
        "Passage 2 states that it is so.",
        "The question is about a ferry.",
        "The answer is not provided, but there is a ferry.",
        "The answer is:",
        "The answer is:...",
        "Sources:",
    ],
)
def test_what_is_about_the_task_is_an_aside(claim: str) -> None:
    assert is_aside(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "The passage of the act was delayed.",
        "The passage between the islands is narrow.",
        "Passages are booked at the pier.",
        "The question of pay was put off.",
        "The answer is nine in the morning.",
        "Mokhiber said: it is so.",
    ],
)
def test_what_is_about_the_subject_is_none(claim: str) -> None:
    assert not is_aside(claim)
