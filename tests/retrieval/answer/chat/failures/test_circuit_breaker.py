"""A model that fails is left alone for a while, and then tried by one question at a time."""

from asyncio import CancelledError
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from retrieval.answer.chat.circuit_breaker import FAILURES, LONGEST_PAUSE, PAUSE, Breaker
from retrieval.answer.chat.options import ChatModelError
from tests.support.model_server.clock import Clock


@pytest.fixture
def clock() -> Clock:
    """The time."""
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    """A breaker that nothing has happened to."""
    return Breaker(clock)


def call(breaker: Breaker, outcome: BaseException | None = None) -> None:
    """A call to the model that ends in a way."""
    with suppress(ChatModelError, CancelledError, GeneratorExit), breaker.watching():
        if outcome is not None:
            raise outcome


def fail(breaker: Breaker, times: int = FAILURES) -> None:
    """Some calls that fail."""
    for _ in range(times):
        call(breaker, ChatModelError("no"))


def test_fewer_failures_than_it_takes_change_nothing(breaker: Breaker) -> None:
    fail(breaker, FAILURES - 1)
    assert breaker.admits


def test_a_success_in_between_begins_the_count_anew(breaker: Breaker) -> None:
    fail(breaker, FAILURES - 1)
    call(breaker)
    fail(breaker, FAILURES - 1)
    assert breaker.admits


def test_after_enough_failures_in_a_row_no_call_is_made(breaker: Breaker) -> None:
    fail(breaker)
    assert not breaker.admits
    with pytest.raises(ChatModelError, match="left alone"), breaker.watching():
        pytest.fail("the call was made")


def test_after_the_pause_one_call_tries_and_no_other_beside_it(
    breaker: Breaker, clock: Clock
) -> None:
    fail(breaker)
    clock.now += PAUSE - 0.001
    assert not breaker.admits
    clock.now += 0.001
    assert breaker.admits
    with breaker.watching():
        assert not breaker.admits
        with pytest.raises(ChatModelError), breaker.watching():
            pytest.fail("a second call was made")


def test_a_try_that_succeeds_lets_everybody_in(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    clock.now += PAUSE
    call(breaker)
    fail(breaker, FAILURES - 1)
    assert breaker.admits


def test_each_try_that_fails_doubles_the_pause_up_to_a_limit(
    breaker: Breaker, clock: Clock
) -> None:
    fail(breaker)
    pause = PAUSE
    for _ in range(8):
        clock.now += pause
        fail(breaker, 1)
        pause = min(2 * pause, LONGEST_PAUSE)
        clock.now += pause - 0.001
        assert not breaker.admits
        clock.now += 0.001
        assert breaker.admits
        clock.now -= pause
    assert pause == LONGEST_PAUSE


@pytest.mark.parametrize("outcome", [CancelledError(), KeyboardInterrupt()])
def test_a_try_that_was_cancelled_lets_another_one_try(
    breaker: Breaker, clock: Clock, outcome: BaseException
) -> None:
    fail(breaker)
    clock.now += PAUSE
    with suppress(KeyboardInterrupt):
        call(breaker, outcome)
    assert breaker.admits
    with breaker.watching():
        assert not breaker.admits


def test_who_stops_listening_has_heard_the_model_speak(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    clock.now += PAUSE
    call(breaker, GeneratorExit())
    fail(breaker, FAILURES - 1)
    assert breaker.admits


def test_calls_under_way_when_it_opened_do_not_lengthen_the_pause(
    breaker: Breaker, clock: Clock
) -> None:
    with suppress(ChatModelError), breaker.watching():
        fail(breaker)
        clock.now += PAUSE / 2
        raise ChatModelError("late")
    clock.now += PAUSE / 2
    assert breaker.admits


def test_of_many_at_once_only_one_tries(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    clock.now += PAUSE
    entered = list[bool]()

    def attempt(_: int) -> None:
        with suppress(ChatModelError), breaker.watching():
            entered.append(True)
            raise ChatModelError("still broken")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(attempt, range(64)))
    assert entered == [True]
