"""A mention that is added by an edit counts; nothing is answered twice."""

import pytest

from bot.discord.conversation.subject import NOTHING_ASKED
from tests.support.discord.acting import (
    FERRY,
    FIRST,
    LEAVES,
    MINUTE,
    last,
    mention,
    ours,
    restart,
    say,
    thread_on,
)
from tests.support.discord.world import World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.either_intent]


async def edit(world: World, text: str, new: str) -> int:
    """Say something and edit it; the number of messages that stand there then."""
    said = await world.alice.send(world.channel, text)
    await world.alice.edit(said, new)
    return len(world.channel.history())


async def test_a_mention_added_by_an_edit_is_answered_as_a_reply(world: World) -> None:
    assert await edit(world, FERRY, f"{FERRY} {world.mention}") == 2
    question, answer = world.channel.history()
    assert LEAVES in answer.content
    assert answer.reference is not None
    assert answer.reference.message_id == question.id


async def test_an_edit_without_a_mention_is_let_be(world: World) -> None:
    assert await edit(world, "When does it leave?", FERRY) == 1


async def test_what_was_answered_is_not_answered_again_even_after_a_restart(world: World) -> None:
    await mention(world, FERRY)
    question = world.channel.history()[0]
    await world.alice.edit(question, f"{world.mention} {FERRY} Please!")
    await restart(world)
    await world.alice.edit(question, f"{world.mention} {FIRST}")
    assert len(world.channel.history()) == 2


async def test_a_hint_is_given_once_and_a_question_after_it_is_answered(world: World) -> None:
    said = await world.alice.send(world.channel, world.mention)
    assert last(world.channel).content == NOTHING_ASKED
    await world.alice.edit(said, f"{world.mention} anyone?")
    assert len(world.channel.history()) == 2
    await world.alice.edit(said, f"{world.mention} {FERRY}")
    assert LEAVES in last(world.channel).content


async def test_an_old_message_is_let_be(world: World) -> None:
    said = await world.alice.send(world.channel, FERRY)
    await world.env.advance_time(60 * 25 * MINUTE)
    await world.alice.edit(said, f"{FERRY} {world.mention}")
    assert len(world.channel.history()) == 1


async def test_a_pin_on_a_mention_is_no_edit(world: World) -> None:
    question = await world.alice.send(world.channel, world.mention)
    world.env.backend.set_pinned(world.channel.id, question.id, True, actor_id=world.alice.id)
    await world.env.settle()
    assert sum(ours(world, message) for message in world.channel.history()) == 1


@pytest.mark.options(message_content=True)
async def test_an_edit_in_its_thread_needs_a_mention(world: World) -> None:
    thread = await thread_on(world)
    await mention(world, FERRY, channel=thread)
    said = await world.alice.send(thread, "lol")
    await world.alice.edit(said, FIRST)
    assert last(thread).content == FIRST
    await say(world, FIRST, channel=thread)
    assert ours(world, last(thread))
