"""What is being worked on can be counted, and waited for."""

import asyncio
from contextlib import suppress

from bot.discord.limits import InFlight


async def work(flight: InFlight, until: asyncio.Event, fails: bool = False) -> None:
    """In flight until the event."""
    with flight.counted():
        await until.wait()
        if fails:
            raise ValueError


async def begun(count: int, flight: InFlight) -> None:
    """Lets what was begun come so far that it is counted."""
    while len(flight) < count:
        await asyncio.sleep(0)


async def test_it_counts_what_has_begun_and_is_not_done() -> None:
    flight, first, second = InFlight(), asyncio.Event(), asyncio.Event()
    assert len(flight) == 0
    tasks = [asyncio.create_task(work(flight, until)) for until in (first, second)]
    await begun(2, flight)
    first.set()
    await tasks[0]
    assert len(flight) == 1
    second.set()
    await tasks[1]
    assert len(flight) == 0


async def test_what_fails_or_is_cancelled_is_in_flight_no_more() -> None:
    flight, go = InFlight(), asyncio.Event()
    failing = asyncio.create_task(work(flight, go, fails=True))
    cancelled = asyncio.create_task(work(flight, asyncio.Event()))
    await begun(2, flight)
    cancelled.cancel()
    go.set()
    for task in (failing, cancelled):
        with suppress(ValueError, asyncio.CancelledError):
            await task
    assert len(flight) == 0


async def test_waiting_ends_when_all_is_done() -> None:
    flight, go = InFlight(), asyncio.Event()
    tasks = [asyncio.create_task(work(flight, go, fails)) for fails in (False, True)]
    await begun(2, flight)
    waiting = asyncio.create_task(flight.landed(60))
    await asyncio.sleep(0)
    assert not waiting.done()
    go.set()
    assert await waiting
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_waiting_has_an_end() -> None:
    flight, go = InFlight(), asyncio.Event()
    late = asyncio.create_task(work(flight, go))
    await begun(1, flight)
    assert not await flight.landed(0.001)
    assert len(flight) == 1
    go.set()
    await late


async def test_there_is_nothing_to_wait_for_where_nothing_is_in_flight() -> None:
    assert await InFlight().landed(0)


async def test_what_begins_later_is_not_waited_for() -> None:
    flight, first, later = InFlight(), asyncio.Event(), asyncio.Event()
    one = asyncio.create_task(work(flight, first))
    await begun(1, flight)
    waiting = asyncio.create_task(flight.landed(60))
    await asyncio.sleep(0)
    other = asyncio.create_task(work(flight, later))
    await begun(2, flight)
    first.set()
    assert await waiting
    assert len(flight) == 1
    later.set()
    await asyncio.gather(one, other)
