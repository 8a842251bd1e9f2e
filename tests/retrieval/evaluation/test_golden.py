"""A sample of golden questions is fixed, ordered, and taken from all of them alike."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.golden import Golden, spread

totals, mosts = st.integers(0, 300), st.integers(1, 400)


def sample(total: int, most: int) -> list[int]:
    """The numbers of the questions that are taken."""
    questions = [Golden(str(number)) for number in range(total)]
    return [int(golden.question) for golden in spread(questions, most)]


@given(totals, mosts)
def test_as_many_are_taken_as_wanted_or_as_there_are(total: int, most: int) -> None:
    assert len(sample(total, most)) == min(total, most)


@given(totals, mosts)
def test_they_keep_their_order_and_none_is_taken_twice(total: int, most: int) -> None:
    taken = sample(total, most)
    assert taken == sorted(set(taken))
    assert taken == sample(total, most)


@given(totals, mosts)
def test_they_are_spread_evenly_from_the_first_on(total: int, most: int) -> None:
    taken = sample(total, most)
    assert taken[:1] == list(range(total))[:1]
    steps = {after - before for before, after in zip(taken, [*taken[1:], total], strict=False)}
    assert not steps or max(steps) - min(steps) <= 1


def test_where_there_are_few_all_are_taken() -> None:
    assert sample(3, 100) == [0, 1, 2]


def test_of_none_none_are_taken() -> None:
    assert spread([], 5) == []
