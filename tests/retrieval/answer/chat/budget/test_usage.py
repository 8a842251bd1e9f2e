"""The questions to the chat model are counted by day, and a day's budget is never exceeded."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retrieval.answer.chat.budget import KEPT_DAYS, Usage, Used
from retrieval.answer.chat.options import DailyBudget

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
Opens = Callable[..., Usage]


class Clock:
    """A clock that is moved by hand."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The time, at noon."""
    return Clock()


@pytest.fixture
def opens(tmp_path: Path, clock: Clock) -> Iterator[Opens]:
    """Opens the count of one home, as often as a test restarts."""
    opened: list[Usage] = []

    def opens(in_all: int | None = None, for_each: int | None = None) -> Usage:
        opened.append(Usage(tmp_path / "usage.db", DailyBudget(in_all, for_each), clock))
        return opened[-1]

    yield opens
    for usage in opened:
        usage.close()


def taken(usage: Usage, asker: str, times: int) -> int:
    """Return how many of some questions are let through."""
    return sum(usage.take(asker) for _ in range(times))


def test_no_budget_is_no_limit(opens: Opens) -> None:
    assert taken(opens(), "guild-1", 20) == 20


def test_a_budget_of_none_lets_nothing_through(opens: Opens) -> None:
    assert taken(opens(in_all=0), "guild-1", 3) == 0


def test_the_budget_in_all_is_everybodys(opens: Opens) -> None:
    usage = opens(in_all=5)
    assert [taken(usage, asker, 3) for asker in ("guild-1", "guild-2", "common")] == [3, 2, 0]


def test_each_asker_has_a_budget_of_its_own(opens: Opens) -> None:
    usage = opens(for_each=2)
    assert [taken(usage, asker, 3) for asker in ("guild-1", "guild-2")] == [2, 2]


def test_what_is_refused_is_not_counted(opens: Opens) -> None:
    usage = opens(in_all=1)
    taken(usage, "guild-1", 5)
    assert usage.today().questions == 1


def test_the_count_outlives_a_restart(opens: Opens) -> None:
    first = opens(in_all=3)
    taken(first, "guild-1", 2)
    first.close()
    assert taken(opens(in_all=3), "guild-1", 5) == 1


def test_a_day_ends_at_midnight_in_utc(opens: Opens, clock: Clock) -> None:
    usage = opens(in_all=1)
    taken(usage, "guild-1", 1)
    clock.now = NOON.replace(hour=23, minute=59)
    assert not usage.take("guild-1")
    clock.now += timedelta(minutes=1)
    assert usage.take("guild-1")


def test_many_at_once_in_two_processes_never_exceed_it(opens: Opens) -> None:
    both = [opens(in_all=40, for_each=25), opens(in_all=40, for_each=25)]

    def work(number: int) -> tuple[str, bool]:
        asker = f"guild-{number % 3}"
        return asker, both[number % 2].take(asker)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(120)))
    assert sum(let for _, let in results) == 40
    assert max(results.count((f"guild-{n}", True)) for n in range(3)) <= 25


def test_tokens_add_up(opens: Opens) -> None:
    usage = opens()
    usage.take("guild-1")
    usage.record("guild-1", 900, 60)
    usage.record("guild-2", 100, 40)
    assert usage.today() == Used(1, 1000, 100)


def test_what_was_used_lately_is_that_of_so_many_days(opens: Opens, clock: Clock) -> None:
    usage = opens()
    for ago in (40, 29, 1, 0):
        clock.now = NOON - timedelta(days=ago)
        usage.take("guild-1")
    assert [usage.lately(days).questions for days in (1, 2, 30, 365)] == [1, 2, 3, 4]


def test_what_is_very_old_is_let_go(opens: Opens, clock: Clock) -> None:
    for days in (0, 200, KEPT_DAYS - 199):
        clock.now += timedelta(days=days)
        opens().take("guild-1")
    assert opens().lately(10 * KEPT_DAYS) == Used(questions=2)


def test_a_clock_that_jumps_ahead_and_back_takes_no_use_along(opens: Opens, clock: Clock) -> None:
    opens().take("guild-1")
    clock.now += timedelta(days=70 * 365)
    assert opens().today() == Used()
    clock.now -= timedelta(days=70 * 365)
    assert opens().today() == Used(questions=1)


def test_a_clock_put_back_to_a_day_brings_no_new_budget(opens: Opens, clock: Clock) -> None:
    usage = opens(for_each=1)
    assert usage.take("guild-1")
    clock.now += timedelta(days=1)
    assert usage.take("guild-1")
    clock.now -= timedelta(days=1)
    assert not usage.take("guild-1")
