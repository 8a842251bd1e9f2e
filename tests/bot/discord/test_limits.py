"""How much may be asked, and what those are told who may not ask now. Many at once are served."""

import asyncio
import re
from collections.abc import AsyncGenerator
from threading import Event
from typing import Any

import pytest

from bot.discord.limits import BUSY, CLOSING, Allowance, Limits
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
    overhear,
    press,
    say,
    shown,
    start,
    whole,
    write,
)

from .conftest import World

pytestmark = pytest.mark.simcord(shard_count=1)

WAIT = re.compile(r"Please wait (\d+) seconds?\.")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, library: Library) -> list[Heard]:
    """What the library is asked."""
    return overhear(monkeypatch, library)


@pytest.fixture(autouse=True)
async def running(world: World) -> None:
    """A clock that does not stand at zero, which no machine's does: discord.py takes that for
    no time at all."""
    await world.env.advance_time(1)


def seconds(told: str) -> int:
    """How long somebody is asked to wait."""
    match = WAIT.search(told)
    assert match is not None, told
    return int(match[1])


async def ask_much(world: World) -> None:
    """All that one member may ask in a while."""
    for _ in range(Allowance().questions):
        assert LEAVES in (await ask(world, FERRY)).content


async def refusals(world: World) -> list[str]:
    """What Alice is told in every way of asking; in commands that is for her eyes only."""
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


async def test_one_question_more_than_can_be_worked_on_is_told_so(world: World) -> None:
    world.bot.limits = Limits(Allowance(at_once=2))
    members = [world.guild.add_member(world.env.create_user(f"m{n}")) for n in range(3)]
    results = [start(world, member, "ask", question=FERRY) for member in members]
    await world.env.settle()
    *served, refused = [shown(result) for result in results]
    assert all(LEAVES in message.content for message in served)
    assert (refused.content, refused.flags.ephemeral) == (BUSY, True)
    assert LEAVES in (await ask(world, FERRY, by=members[2])).content


async def test_where_all_are_busy_every_way_of_asking_is_told_so(
    world: World, heard: list[Heard]
) -> None:
    world.bot.limits = Limits(Allowance(at_once=0))
    assert await refusals(world) == [BUSY] * 4
    assert heard == []


async def test_while_it_is_closing_no_more_questions_are_taken(
    world: World, heard: list[Heard]
) -> None:
    answer = await ask(world, FERRY)
    world.bot.limits.closing = True
    assert await refusals(world) == [CLOSING] * 4
    assert len(heard) == 1
    assert LEAVES in shown(await press(answer, SOURCES, world.alice)).content


async def test_fifty_questions_at_once_are_acknowledged_before_any_is_answered_and_then_all_are(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real, acknowledged = len(world.env.http_requests), library.astream, Event()

    def count(end: str) -> int:
        return sum(call.path.endswith(end) for call in world.env.http_requests[before:])

    async def watch() -> None:
        while count("/callback") < 50:
            await asyncio.sleep(0)
        acknowledged.set()

    async def ask_then(*asked: Any) -> AsyncGenerator[Answer, None]:
        assert await asyncio.to_thread(acknowledged.wait, 30)
        yield await whole(real(*asked))

    monkeypatch.setattr(library, "astream", ask_then)
    members = [world.guild.add_member(world.env.create_user(f"m{n}")) for n in range(50)]
    watching = asyncio.create_task(watch())
    results = [start(world, member, "ask", question=FERRY) for member in members]
    await world.env.settle(timeout=60)
    watching.cancel()
    assert all(LEAVES in shown(result).content for result in results)
    assert count("/callback") == count("/@original") == 50
    assert len(world.bot.limits.questions) == 0


async def test_many_mentions_at_once_are_all_answered(world: World) -> None:
    members = [world.guild.add_member(world.env.create_user(f"m{n}")) for n in range(20)]
    asked = [
        world.env.backend.create_message(world.channel.id, member.id, f"{world.mention} {FERRY}").id
        for member in members
    ]
    await world.env.settle(timeout=60)
    answers = world.channel.history()[len(asked) :]
    assert all(answer.content.startswith(LEAVES) for answer in answers)
    assert sorted(a.reference.message_id or 0 for a in answers if a.reference) == asked
