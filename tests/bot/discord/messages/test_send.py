"""A message that was too much at once for Discord is sent again after the wait it asks for."""

from typing import Any

import discord
import pytest
import simcord

from bot.discord.messages.failure import UNFORESEEN
from bot.discord.messages.page_buttons import RIGHT
from bot.discord.messages.send import patiently
from bot.discord.services.limits import Timing
from retrieval.library import Library
from tests.support.discord.acting import (
    FERRY,
    LEAVES,
    MESSAGES,
    ORIGINAL,
    SOURCES,
    ask,
    last,
    long_answer,
    ours,
    press,
    say,
    script,
    shown,
)
from tests.support.discord.world import World
from tests.support.homes import note, put

pytestmark = pytest.mark.simcord(shard_count=1)

TIMING = Timing()
PAUSE = TIMING.pause


async def test_an_answer_that_was_too_much_arrives_after_a_wait(world: World) -> None:
    world.env.inject_error("PATCH", ORIGINAL, status=429)
    waiting = await ask(world, FERRY)
    assert waiting.content == ""
    await world.env.advance_time(PAUSE)
    assert LEAVES in last(world.channel).content


async def test_a_reply_that_was_too_much_arrives_after_a_wait(world: World) -> None:
    world.env.inject_error("POST", MESSAGES, status=429, times=2)
    question = await say(world, f"{world.mention} {FERRY}")
    assert not ours(world, question)
    await world.env.advance_time(2 * PAUSE)
    assert LEAVES in last(world.channel).content
    assert len(world.channel.history()) == 2


async def test_the_parts_of_a_long_answer_all_arrive_after_a_wait(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, library, long_answer)
    world.env.inject_error("POST", "/webhooks/*", status=429)
    await ask(world, FERRY)
    await world.env.advance_time(PAUSE)
    parts = [part.content for part in world.channel.history()]
    assert long_answer(FERRY).text in " ".join(parts).replace("\n", " ")


async def test_sources_that_were_too_much_are_shown_after_a_wait(world: World) -> None:
    answer = await ask(world, FERRY)
    world.env.inject_error("PATCH", ORIGINAL, status=429)
    result = await press(answer, SOURCES, world.alice)
    await world.env.advance_time(PAUSE)
    assert "leaves at nine in the morning" in shown(result).content


async def test_a_page_that_was_too_much_is_turned_after_a_wait(
    world: World, library: Library
) -> None:
    put(library, [note(f"{n}.txt", f"Boat {n} lies at pier {n}.") for n in range(7)])
    page = shown(await world.alice.slash(world.channel, "search", query="boat"))
    world.env.inject_error("PATCH", ORIGINAL, status=429)
    result = await press(page, RIGHT, world.alice)
    await world.env.advance_time(PAUSE)
    assert "**5. " in shown(result).content


async def test_what_stays_too_much_is_given_up_and_said(world: World) -> None:
    world.env.inject_error("PATCH", ORIGINAL, status=429, times=None)
    await ask(world, FERRY)
    await world.env.advance_time(TIMING.tries * PAUSE)
    assert last(world.channel).content == UNFORESEEN
    simcord.assert_error(world.env, discord.HTTPException)


@pytest.mark.parametrize(
    ("headers", "waits"),
    [
        ({"Retry-After": "7.5"}, 7.5),
        ({"Retry-After": "86400"}, TIMING.longest_pause),
        ({"Retry-After": "Wed, 1 Jan 2031 07:28:00 GMT"}, PAUSE),
        ({}, PAUSE),
    ],
)
async def test_the_wait_is_as_long_as_discord_asks_for(
    headers: dict[str, str], waits: float
) -> None:
    class Response:
        status, reason = 429, "Too Many Requests"

    response: Any = Response()
    response.headers = headers
    waited: list[float] = []
    errors = [discord.HTTPException(response, None)]

    async def send() -> str:
        if errors:
            raise errors.pop()
        return "sent"

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    assert await patiently(send, TIMING, sleep) == "sent"
    assert waited == [waits]
