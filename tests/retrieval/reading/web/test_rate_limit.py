"""No host is asked twice at a time, nor in quick succession; waiting threads can be sent away."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from retrieval.reading.web.errors import NoAnswerError
from retrieval.reading.web.rate_limit import Pace
from tests.support.web.serving import Clock

PATIENCE = 1200.0  # seconds until a thread is taken to wait for ever


def test_requests_to_a_host_start_half_a_second_apart(clock: Clock) -> None:
    pace = Pace(clock, clock)
    for host in ("a", "a", "b", "a"):
        with pace.turn(host):
            clock.now += 0.1
    assert clock.waits == [0.4, 0.3]


def test_a_host_may_ask_for_more_time_but_not_for_less(clock: Clock) -> None:
    pace = Pace(clock, clock)
    for apart in (0.0, 3.0, 0.1):
        with pace.turn("a", apart):
            pass
    assert clock.waits == [3.0, 0.5]


def test_a_slow_request_is_wait_enough(clock: Clock) -> None:
    pace = Pace(clock, clock)
    for _ in range(2):
        with pace.turn("a"):
            clock.now += 7
    assert clock.waits == []


def test_a_failed_request_counts_as_one(clock: Clock) -> None:
    pace = Pace(clock, clock)
    with pytest.raises(ValueError, match="failed"), pace.turn("a"):
        raise ValueError("failed")
    with pace.turn("a"):
        pass
    assert clock.waits == [0.5]


def test_one_connection_a_host_however_many_threads() -> None:
    pace = Pace(Event(), apart=0.0)
    inside, most = [], []
    start = Barrier(4)

    def visit() -> None:
        start.wait(PATIENCE)
        for _ in range(20):
            with pace.turn("a"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(visit) for _ in range(4)]:
            done.result(PATIENCE)
    assert len(most) == 80
    assert max(most) == 1


def test_two_hosts_are_asked_at_once() -> None:
    pace = Pace(Event())
    both = Barrier(2)

    def visit(host: str) -> None:
        with pace.turn(host):
            both.wait(PATIENCE)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(visit, host) for host in ("a", "b")]:
            done.result(PATIENCE)


def test_whoever_waits_for_time_to_pass_is_sent_away() -> None:
    stopping = Event()
    pace = Pace(stopping, apart=3600.0)
    with pace.turn("a"):
        pass

    def visit() -> None:
        with pace.turn("a"):
            pass

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(visit)
        stopping.set()
        with pytest.raises(NoAnswerError, match="because Footnote is stopping"):
            waiting.result(PATIENCE)


def test_whoever_waits_for_another_is_sent_away() -> None:
    stopping = Event()
    pace = Pace(stopping)

    def visit() -> None:
        with pace.turn("a"):
            pass

    with ThreadPoolExecutor(1) as pool, pace.turn("a"):
        waiting = pool.submit(visit)
        stopping.set()
        with pytest.raises(NoAnswerError, match="because Footnote is stopping"):
            waiting.result(PATIENCE)


def test_hosts_are_forgotten_after_a_minute(clock: Clock) -> None:
    pace = Pace(clock, clock)
    for number in range(100):
        with pace.turn(f"{number}.example.com"):
            clock.now += 1
    assert len(pace._queues) <= 61


def test_a_host_that_is_being_asked_is_not(clock: Clock) -> None:
    pace = Pace(clock, clock)
    with pace.turn("a"):
        clock.now += 100
        with pace.turn("b"):
            assert pace._queues.keys() == {"a", "b"}
