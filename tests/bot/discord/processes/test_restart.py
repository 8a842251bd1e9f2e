"""After a restart everything goes on: what is needed for that stands in Discord and in the home."""

import pytest

from bot.discord.messages.page_buttons import LEFT, RIGHT
from retrieval.library import Library
from tests.support.discord.acting import (
    DOWN,
    FERRY,
    FIRST,
    LEAVES,
    SOURCES,
    THEN,
    UP,
    ask,
    last,
    mention,
    overhear,
    press,
    restart,
    say,
    shown,
    thread_on,
    votes,
)
from tests.support.discord.world import World
from tests.support.homes import note, put

pytestmark = pytest.mark.simcord(shard_count=1)

KEEPER = "Its first keeper was Ada Lorne, and she kept the lamp for thirty years."


async def test_sources_are_shown(world: World) -> None:
    answers = [await ask(world, FIRST), await mention(world, FIRST)]
    await restart(world)
    for answer in answers:
        assert KEEPER in shown(await press(answer, SOURCES, world.moderator)).content


async def test_votes_are_kept_and_counted_on(world: World) -> None:
    answer = await ask(world, FERRY)
    await press(answer, UP, world.alice)
    await restart(world)
    await press(answer, UP, world.moderator)
    assert votes(last(world.channel)) == ("2", None)
    await press(answer, DOWN, world.alice)
    assert votes(last(world.channel)) == ("1", "1")


async def test_pages_are_turned(world: World, library: Library) -> None:
    put(library, [note(f"{n}.txt", f"Boat {n} lies at pier {n}.") for n in range(7)])
    first = shown(await world.alice.slash(world.channel, "search", query="boat"))
    await restart(world)
    second = shown(await press(first, RIGHT, world.alice))
    assert "**5. " in second.content
    await restart(world)
    assert shown(await press(second, LEFT, world.alice)).content == first.content


async def test_a_follow_up_is_understood(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = overhear(monkeypatch, library)
    answer = await say(world, FIRST, reply_to=await mention(world, FERRY))
    await restart(world)
    assert "Tarn" in (await say(world, THEN, reply_to=answer)).content
    assert [turn.question for turn in heard[-1].turns] == [FERRY, FIRST]


@pytest.mark.options(message_content=True)
async def test_its_threads_are_still_its_own(world: World) -> None:
    answered, hanging = await thread_on(world), await thread_on(world, await mention(world, FERRY))
    await mention(world, FERRY, channel=answered)
    await restart(world)
    for thread in (answered, hanging):
        assert LEAVES in (await say(world, FERRY, channel=thread)).content
