"""Errors are told to the member in a sentence; the log holds the rest, and the bot goes on."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import discord
import pytest
import simcord

from bot.discord.messages.failure import UNFORESEEN
from bot.discord.services.libraries import ServerLibraries
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.types import Answer
from tests.support.discord.acting import (
    FERRY,
    LEAVES,
    MESSAGES,
    MINUTE,
    ORIGINAL,
    SOURCES,
    UP,
    ask,
    last,
    mention,
    ours,
    press,
    say,
    shown,
    whole,
)
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

PRIVATE = "Who stole the silver oar?"


def broken(*_: Any, **__: Any) -> Any:
    """Fail as no library should."""
    raise RuntimeError("the disk is on fire")


def busy(*_: Any, **__: Any) -> Any:
    """Refuse as a library does that can't be asked."""
    raise FootnoteError("The library *moves* today.")


def failed(world: World, error: type[BaseException]) -> None:
    """One command or event failed, and in that way."""
    simcord.assert_error(world.env, error)
    assert len(world.env.errors) == 1


# Discord fails


async def test_an_answer_that_discord_does_not_take_is_said_to_have_failed(world: World) -> None:
    world.env.inject_error("PATCH", ORIGINAL, status=500)
    assert (await ask(world, FERRY)).content == UNFORESEEN
    failed(world, discord.HTTPException)


async def test_a_reply_that_discord_does_not_take_is_said_to_have_failed(world: World) -> None:
    world.env.inject_error("POST", MESSAGES, status=500)
    assert (await mention(world, FERRY)).content == UNFORESEEN
    assert LEAVES in (await mention(world, FERRY)).content


async def test_where_nobody_can_be_told_that_is_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", MESSAGES, status=500, times=2)
    assert not ours(world, await say(world, f"{world.mention} {FERRY}"))
    failed(world, discord.HTTPException)
    assert "event failed" in caplog.messages
    assert LEAVES in (await mention(world, FERRY)).content


async def test_an_interaction_that_discord_gave_up_ends_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    gone: dict[str, Any] = {"status": 404, "code": 10062, "times": 2}
    world.env.inject_error("POST", "/interactions/*/callback", **gone)
    result = await world.alice.slash(world.channel, "ask", question=FERRY)
    assert not result.acknowledged
    failed(world, discord.NotFound)
    assert "could not tell a member" in caplog.messages
    assert LEAVES in (await ask(world, FERRY)).content


async def test_an_answer_that_comes_too_late_ends_in_the_log(
    world: World,
    libraries: ServerLibraries,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    real = libraries.answers

    async def late(*asked: Any, **named: Any) -> AsyncGenerator[Answer, None]:
        await asyncio.sleep(16 * MINUTE)
        yield await whole(real(*asked, **named))

    with monkeypatch.context() as slow:
        slow.setattr(libraries, "answers", late)
        await world.alice.slash(world.channel, "ask", question=FERRY)
        await world.env.advance_time(17 * MINUTE)
    failed(world, discord.NotFound)
    assert "could not tell a member" in caplog.messages
    assert LEAVES in (await ask(world, FERRY)).content


async def test_a_button_of_an_interaction_that_is_gone_ends_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await ask(world, FERRY)
    gone: dict[str, Any] = {"status": 404, "code": 10062, "times": 2}
    world.env.inject_error("POST", "/interactions/*/callback", **gone)
    assert not (await press(answer, UP, world.alice)).acknowledged
    assert "could not tell a member" in caplog.messages


async def test_where_a_reply_is_refused_for_want_of_history_the_answer_is_an_ordinary_message(
    world: World,
) -> None:
    world.env.inject_error("POST", MESSAGES, status=403, code=160002)
    assert (await mention(world, FERRY)).content.startswith(LEAVES)


# The library fails


@pytest.mark.parametrize("way", [ask, mention])
async def test_a_question_that_fails_is_told_so_and_the_log_does_not_say_what_was_asked(
    world: World,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    way: Callable[[World, str], Awaitable[discord.Message]],
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(library, "astream", broken)
    assert (await way(world, PRIVATE)).content == UNFORESEEN
    assert len(world.env.errors) == (1 if way is ask else 0)
    assert caplog.text.count("RuntimeError: the disk is on fire") == 1
    assert PRIVATE not in logged(caplog)


async def test_buttons_that_fail_say_so_to_whoever_pressed_them(
    world: World,
    libraries: ServerLibraries,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = await ask(world, FERRY)
    monkeypatch.setattr(library, "around", broken)
    monkeypatch.setattr(libraries.question_log, "vote", broken)
    for button in (SOURCES, UP):
        told = shown(await press(answer, button, world.moderator))
        assert (told.content, told.flags.ephemeral) == (UNFORESEEN, True)
    assert caplog.text.count("RuntimeError: the disk is on fire") == 2
    assert last(world.channel).content == answer.content


async def test_what_the_library_says_for_itself_is_passed_on_as_plain_text(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await ask(world, FERRY)
    monkeypatch.setattr(library, "astream", busy)
    monkeypatch.setattr(library, "around", busy)
    monkeypatch.setattr(library, "search", busy)
    told = [
        await ask(world, FERRY),
        await mention(world, FERRY),
        shown(await press(answer, SOURCES, world.alice)),
        shown(await world.alice.slash(world.channel, "search", query="ferry")),
    ]
    assert [message.content for message in told] == [r"The library \*moves\* today."] * 4
    assert len(world.env.errors) == 2  # of the commands


# The log


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """All that is in the log, the particulars of its lines included."""
    return "\n".join([caplog.text, *(str(vars(record)) for record in caplog.records)])


async def test_the_log_tells_of_answers_but_not_what_was_asked(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await ask(world, FERRY)
    await mention(world, FERRY)
    lines = [vars(record) for record in caplog.records if record.message == "question"]
    assert [(line["way"], line["answered"]) for line in lines] == [("ask", True), ("message", True)]
    assert all(line["server"] == world.guild.id for line in lines)
    assert FERRY not in logged(caplog)
    assert LEAVES not in logged(caplog)


@pytest.mark.options(log_questions=True)
async def test_the_log_tells_what_was_asked_where_the_operator_wants_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await ask(world, FERRY)
    [line] = [vars(record) for record in caplog.records if record.message == "question"]
    assert line["question"] == FERRY
    assert LEAVES not in logged(caplog)
