"""The tokens of a text are guessed with care at first, and then as the model counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.chat.model import TokenRate

COUNTS = st.integers(1, 10**6)


def test_before_a_model_has_counted_a_text_is_taken_for_longer_than_it_is() -> None:
    assert TokenRate().tokens(len("The ferry to Holm leaves at nine in the morning.")) > 11


def test_part_of_a_token_is_a_token() -> None:
    assert [TokenRate().tokens(characters) for characters in (0, 1, 3, 4)] == [0, 1, 1, 2]


@given(COUNTS, COUNTS)
def test_a_text_has_as_many_as_the_model_said_it_has(characters: int, tokens: int) -> None:
    rate = TokenRate()
    rate.learn(characters, tokens)
    assert rate.tokens(characters) in {tokens, tokens + 1}


def test_the_last_count_is_what_counts() -> None:
    rate = TokenRate()
    rate.learn(characters=900, tokens=900)
    rate.learn(characters=900, tokens=200)
    assert rate.tokens(900) == 200


@pytest.mark.parametrize(("characters", "tokens"), [(0, 10), (10, 0), (0, 0)])
def test_a_count_that_says_nothing_teaches_nothing(characters: int, tokens: int) -> None:
    rate = TokenRate()
    rate.learn(characters, tokens)
    assert rate == TokenRate()
