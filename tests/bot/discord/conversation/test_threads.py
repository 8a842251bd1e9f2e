"""In a thread that it has answered in, the bot needs no mention, where it may read along."""

from collections.abc import Awaitable, Callable

import discord
import pytest
from discord import Permissions

from tests.support.discord.acting import (
    BORN,
    FERRY,
    FIRST,
    LEAVES,
    THEN,
    Heard,
    about_ada,
    ask,
    last,
    mention,
    ours,
    say,
    thread_on,
)
from tests.support.discord.world import World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.either_intent]
reading_along = pytest.mark.options(message_content=True)
mentions_only = pytest.mark.options(message_content=False)


# Which threads are the bot's own


@reading_along
async def test_a_thread_needs_a_mention_until_the_bot_has_answered_in_it(world: World) -> None:
    thread = await thread_on(world)
    assert not ours(world, await say(world, FERRY, channel=thread))
    await mention(world, FERRY, channel=thread)
    answer = await say(world, "What does a ticket cost?", channel=thread)
    assert ours(world, answer)
    assert "four crowns" in answer.content


@reading_along
async def test_a_thread_in_which_the_command_was_used_is_its_own_too(world: World) -> None:
    thread = await thread_on(world)
    await say(world, "Let us ask!", channel=thread)
    await ask(world, FIRST, channel=thread)
    answer = await say(world, THEN, channel=thread)
    assert ours(world, answer)
    assert BORN in answer.content


@reading_along
async def test_a_thread_on_an_answer_needs_no_mention(world: World) -> None:
    thread = await thread_on(world, await mention(world, FERRY))
    assert LEAVES in (await say(world, FERRY, channel=thread)).content


@reading_along
async def test_a_thread_on_what_a_member_said_needs_one(world: World) -> None:
    thread = await thread_on(world, await say(world, "The ferry was late today."))
    assert not ours(world, await say(world, FERRY, channel=thread))


@reading_along
async def test_a_channel_always_needs_a_mention(world: World) -> None:
    await mention(world, FERRY)
    assert not ours(world, await say(world, FERRY))


@mentions_only
async def test_a_thread_needs_a_mention_where_messages_may_not_be_read_along(world: World) -> None:
    thread = await thread_on(world)
    await mention(world, FERRY, channel=thread)
    assert not ours(world, await say(world, FERRY, channel=thread))
    assert LEAVES in (await mention(world, FERRY, channel=thread)).content


# Its members' own talk


@reading_along
@pytest.mark.parametrize("called", ["<@{alice}>", "<@&{mods}>", "@everyone"])
async def test_members_who_call_each_other_in_its_thread_are_let_be(
    world: World, called: str
) -> None:
    calling = world.guild.create_role("Callers", permissions=Permissions(mention_everyone=True))
    caller = world.guild.add_member(world.env.create_user("caller"), roles=[calling])
    thread = await thread_on(world)
    await mention(world, FERRY, channel=thread)
    call = called.format(alice=world.alice.id, mods=world.guild.roles["Mods"].id)
    said = await say(world, f"{call} when does it leave?", channel=thread, by=caller)
    assert not ours(world, said)


@reading_along
async def test_members_who_reply_to_each_other_in_its_thread_are_let_be(world: World) -> None:
    thread = await thread_on(world)
    await mention(world, FERRY, channel=thread)
    question = thread.history()[0]
    said = await say(world, "At nine!", channel=thread, by=world.moderator, reply_to=question)
    assert not ours(world, said)


@reading_along
async def test_a_reply_to_what_was_deleted_is_no_question_to_it(world: World) -> None:
    thread = await thread_on(world)
    await mention(world, FERRY, channel=thread)
    gone = thread.history()[0]
    world.env.backend.delete_message(thread.id, gone.id)
    reference = {"message_id": str(gone.id), "channel_id": str(thread.id)}
    world.env.backend.create_message(thread.id, world.moderator.id, "Nine!", reference=reference)
    await world.env.settle()
    assert last(thread).content == "Nine!"


@reading_along
async def test_where_history_may_not_be_read_a_thread_needs_a_mention(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    thread = await thread_on(world)
    world.env.inject_error("GET", "/channels/*/messages", status=403, code=50001, times=None)
    assert not ours(world, await say(world, FERRY, channel=thread))
    assert caplog.messages == []
    assert LEAVES in (await mention(world, FERRY, channel=thread)).content


# What a question in a thread follows


@reading_along
async def test_what_was_said_in_the_thread_is_what_a_question_follows(
    world: World, heard: list[Heard]
) -> None:
    thread = await thread_on(world)
    await mention(world, FIRST, channel=thread)
    answer = await say(world, THEN, channel=thread)
    assert about_ada(answer)
    assert heard[-1].questions == [FIRST]


@reading_along
@pytest.mark.parametrize("how", [ask, mention])
async def test_in_a_thread_on_an_answer_a_question_follows_that_answer(
    world: World, heard: list[Heard], how: Callable[..., Awaitable[discord.Message]]
) -> None:
    thread = await thread_on(world, await how(world, FIRST))
    answer = await say(world, THEN, channel=thread)
    assert about_ada(answer)
    assert heard[-1].questions == [FIRST]


async def test_a_mention_in_a_thread_follows_what_was_said_there_too(
    world: World, heard: list[Heard]
) -> None:
    thread = await thread_on(world)
    await mention(world, FIRST, channel=thread)
    assert BORN in (await mention(world, THEN, channel=thread)).content
    assert heard[-1].questions == [FIRST]


@reading_along
async def test_a_reply_in_a_thread_follows_what_it_replies_to(
    world: World, heard: list[Heard]
) -> None:
    thread = await thread_on(world)
    answer = await mention(world, FIRST, channel=thread)
    await mention(world, FERRY, channel=thread)
    assert BORN in (await say(world, THEN, channel=thread, reply_to=answer)).content
    assert heard[-1].questions == [FIRST]
