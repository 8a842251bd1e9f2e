"""A question takes from the day's budget once, when it first needs the model, and never if it
doesn't."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.answer.abstention import SPENT, UNAVAILABLE
from retrieval.answer.chat.budget import Permit, Usage
from retrieval.answer.chat.circuit_breaker import FAILURES, Breaker
from retrieval.answer.chat.options import ChatModelError, DailyBudget


@pytest.fixture
def usage(tmp_path: Path) -> Iterator[Usage]:
    """A count with room for two questions."""
    usage = Usage(tmp_path / "usage.db", DailyBudget(in_all=2))
    yield usage
    usage.close()


def test_however_often_it_is_needed_it_takes_one(usage: Usage) -> None:
    permit = Permit(usage, Breaker(), "guild-1")
    assert [permit.refusal() for _ in range(3)] == ["", "", ""]
    assert usage.today().questions == 1


def test_what_is_not_needed_is_not_taken(usage: Usage) -> None:
    Permit(usage, Breaker(), "guild-1")
    assert usage.today().questions == 0


def test_beyond_the_budget_it_is_refused_and_says_so(usage: Usage) -> None:
    refusals = [Permit(usage, Breaker(), "guild-1").refusal() for _ in range(3)]
    assert refusals == ["", "", SPENT]


def test_a_model_that_is_left_alone_costs_nothing(usage: Usage) -> None:
    breaker = Breaker()
    for _ in range(FAILURES):
        with pytest.raises(ChatModelError), breaker.watching():
            raise ChatModelError("no")
    assert Permit(usage, breaker, "guild-1").refusal() == UNAVAILABLE
    assert usage.today().questions == 0


def test_what_was_taken_stays_taken_when_the_day_runs_out(usage: Usage) -> None:
    permit = Permit(usage, Breaker(), "guild-1")
    assert [permit.refusal(), Permit(usage, Breaker(), "guild-2").refusal()] == ["", ""]
    assert usage.take("guild-3") is False
    assert permit.refusal() == ""


def test_a_model_that_fails_meanwhile_is_refused_even_to_who_has_paid(usage: Usage) -> None:
    breaker = Breaker()
    permit = Permit(usage, breaker, "guild-1")
    assert permit.refusal() == ""
    for _ in range(FAILURES):
        with pytest.raises(ChatModelError), breaker.watching():
            raise ChatModelError("no")
    assert permit.refusal() == UNAVAILABLE
