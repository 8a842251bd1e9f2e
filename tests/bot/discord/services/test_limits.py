"""Questions are limited, those who may not ask now are told so, and work in flight is counted."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any

import pytest

from bot.discord.services.limits import BUSY, CLOSING, Allowance, InFlight
from retrieval.library import Library
from retrieval.types import Answer
from tests.support.discord.acting import (
    FERRY,
    FIRST,
    LEAVES,
    SOURCES,
    Heard,
    ask,
    mention,
    press,
    say,
    shown,
    start,
    whole,
    write,
)
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

HOUR = 3600.0
WAIT = re.compile(r"Please wait (\d+) seconds?\.")


@pytest.fixture(autouse=True)
async def running(world: World) -> None:
    """A clock that does not stand at zero, which no machine's does: discord.py takes that for
    no time at all."""
    await world.env.advance_time(1)


def seconds(told: str) -> int:
    """The seconds that a member is asked to wait."""
    match = WAIT.search(told)
    assert match is not None, told
    return int(match[1])


async def ask_much(world: World) -> None:
    """All that one member may ask in a while."""
    for _ in range(Allowance().questions):
        assert LEAVES in (await ask(world, FERRY)).content


async def refusals(world: World) -> list[str]:
    """The replies to Alice in every way of asking; in commands they are for her eyes only."""
    asked = await ask(world, FERRY)
    searched = shown(await world.alice.slash(world.channel, "search", query=FERRY))
    assert asked.flags.ephemeral
    assert searched.flags.ephemeral
    replied = await mention(world, FERRY)
    assert replied.reference is not None
    assert replied.components == []
    written = await write(world, FERRY)
    return [message.content for message in (asked, searched, replied, written)]


async def test_who_asks_much_is_asked_to_wait_in_every_way_of_asking(
    world: World, heard: list[Heard]
) -> None:
    await ask_much(world)
    assert [seconds(told) for told in await refusals(world)] == [30] * 4
    assert len(heard) == Allowance().questions


async def test_after_the_wait_one_may_ask_again(world: World) -> None:
    await ask_much(world)
    await world.env.advance_time(10)
    assert seconds((await ask(world, FERRY)).content) == 20
    await world.env.advance_time(19.5)
    assert "Please wait 1 second." in (await ask(world, FERRY)).content
    await world.env.advance_time(0.6)
    assert LEAVES in (await ask(world, FERRY)).content


async def test_other_members_need_not_wait(world: World) -> None:
    await ask_much(world)
    assert LEAVES in (await ask(world, FERRY, by=world.moderator)).content


async def test_all_ways_of_asking_count_alike(world: World) -> None:
    await ask(world, FERRY)
    shown(await world.alice.slash(world.channel, "search", query="ferry"))
    await say(world, FIRST, reply_to=await mention(world, FERRY))
    assert LEAVES in (await write(world, FERRY)).content
    assert seconds((await ask(world, FERRY)).content) == 30


async def test_what_is_no_question_does_not_count(world: World) -> None:
    answer = await ask(world, FERRY)
    for _ in range(Allowance().questions):
        await mention(world, "")
        await press(answer, SOURCES, world.alice)
    assert LEAVES in (await ask(world, FERRY)).content


@pytest.mark.parametrize("allowance", [Allowance(at_once=2)])
async def test_one_question_more_than_can_be_worked_on_is_told_so(world: World) -> None:
    members = [world.guild.add_member(world.env.create_user(f"m{n}")) for n in range(3)]
    results = [start(world, member, "ask", question=FERRY) for member in members]
    await world.env.settle()
    *served, refused = [shown(result) for result in results]
    assert all(LEAVES in message.content for message in served)
    assert (refused.content, refused.flags.ephemeral) == (BUSY, True)
    assert LEAVES in (await ask(world, FERRY, by=members[2])).content


@pytest.mark.parametrize("allowance", [Allowance(at_once=0)])
async def test_where_all_are_busy_every_way_of_asking_is_told_so(
    world: World, heard: list[Heard]
) -> None:
    assert await refusals(world) == [BUSY] * 4
    assert heard == []


async def test_while_it_is_closing_no_more_questions_are_taken(
    world: World, heard: list[Heard]
) -> None:
    answer = await ask(world, FERRY)
    world.services.limits.closing = True
    assert await refusals(world) == [CLOSING] * 4
    assert len(heard) == 1
    assert (
        "leaves at nine in the morning" in shown(await press(answer, SOURCES, world.alice)).content
    )


async def test_fifty_questions_at_once_are_acknowledged_before_any_is_answered_and_then_all_are(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real, go = len(world.env.http_requests), library.astream, asyncio.Event()

    def count(end: str) -> int:
        return sum(call.path.endswith(end) for call in world.env.http_requests[before:])

    async def ask_then(*asked: Any) -> AsyncGenerator[Answer, None]:
        await world.env.external_wait(go.wait(), reason="nothing is answered yet")
        yield await whole(real(*asked))

    monkeypatch.setattr(library, "astream", ask_then)
    members = [world.guild.add_member(world.env.create_user(f"m{n}")) for n in range(50)]
    results = [start(world, member, "ask", question=FERRY) for member in members]
    await world.env.settle()
    assert (count("/callback"), count("/@original")) == (50, 0)
    go.set()
    await world.env.settle()
    assert all(LEAVES in shown(result).content for result in results)
    assert count("/callback") == count("/@original") == 50
    assert len(world.services.limits.questions) == 0


async def test_many_mentions_at_once_are_all_answered(world: World) -> None:
    members = [world.guild.add_member(world.env.create_user(f"m{n}")) for n in range(20)]
    asked = [
        world.env.backend.create_message(world.channel.id, member.id, f"{world.mention} {FERRY}").id
        for member in members
    ]
    await world.env.settle()
    answers = world.channel.history()[len(asked) :]
    assert all(answer.content.startswith(LEAVES) for answer in answers)
    assert sorted(a.reference.message_id or 0 for a in answers if a.reference) == asked


# What is in flight


async def work(flight: InFlight, until: asyncio.Event, fails: bool = False) -> None:
    """In flight until the event."""
    with flight.counted():
        await until.wait()
        if fails:
            raise ValueError


async def begun(count: int, flight: InFlight) -> None:
    """Let what was begun come so far that it is counted."""
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
    waiting = asyncio.create_task(flight.landed(HOUR))
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
    waiting = asyncio.create_task(flight.landed(HOUR))
    await asyncio.sleep(0)
    other = asyncio.create_task(work(flight, later))
    await begun(2, flight)
    first.set()
    assert await waiting
    assert len(flight) == 1
    later.set()
    await asyncio.gather(one, other)
