"""Sources are due by their schedules, spread out, sooner and then ever later after failures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from retrieval.indexing.sync.schedule import EVERY, INTERVALS, every_of, next_look
from retrieval.types import SourceInfo

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LOOKED = NOW.isoformat().replace("+00:00", "Z")
SOURCE = SourceInfo("0a", "common", "folder", "/docs", None, "", LOOKED, LOOKED, 0, "", 3, 0)


def wait(source: SourceInfo, usual: str = "daily") -> timedelta:
    """The time from the last look to the next."""
    due = next_look(source, usual, NOW)
    assert due is not None
    return due - NOW


def test_the_schedules_are_the_promised_ones() -> None:
    assert EVERY == ("never", "hourly", "daily", "weekly")


@pytest.mark.parametrize("every", INTERVALS)
def test_a_source_is_due_an_interval_after_it_was_looked_at_or_a_little_later(every: str) -> None:
    waits = {wait(replace(SOURCE, id=f"{n:02}"), every) for n in range(50)}
    assert all(INTERVALS[every] <= one <= 1.1 * INTERVALS[every] for one in waits)
    assert len(waits) == 50  # not all at once


def test_what_is_asked_twice_is_answered_alike() -> None:
    assert wait(SOURCE) == wait(SOURCE)


def test_a_source_that_is_never_looked_at_is_never_due() -> None:
    assert next_look(SOURCE, "never", NOW) is None
    assert next_look(replace(SOURCE, every="never"), "hourly", NOW) is None


def test_its_own_schedule_goes_before_the_usual_one() -> None:
    assert every_of(replace(SOURCE, every="weekly"), "hourly") == "weekly"
    assert wait(replace(SOURCE, every="weekly"), "hourly") >= timedelta(weeks=1)


def test_what_was_never_looked_at_is_due_an_interval_after_it_was_added_or_at_once() -> None:
    assert wait(replace(SOURCE, looked_at="")) >= timedelta(days=1)
    assert next_look(replace(SOURCE, looked_at="", added_at=""), "daily", NOW) == NOW


def test_after_failures_it_is_tried_sooner_at_first_and_then_ever_later() -> None:
    waits = [wait(replace(SOURCE, failures=failures)) for failures in range(1, 30)]
    spread = timedelta(hours=2.4)
    for got, hours in zip(waits, (6, 12, 24, 48, 96, 96), strict=False):
        assert timedelta(hours=hours) <= got <= timedelta(hours=hours) + spread
    assert max(waits) <= timedelta(hours=96) + spread
