"""Whatever a mention hangs on is answered, or it is told in a sentence how it can be."""

from collections.abc import Awaitable, Callable

import discord
import pytest
import simcord

from bot.discord.commands.message_menus import ANSWER
from bot.discord.conversation.subject import HIDDEN
from tests.support.discord.acting import (
    FERRY,
    FIRST,
    LEAVES,
    last,
    ours,
    say,
    shown,
    thread_on,
)
from tests.support.discord.forum import post
from tests.support.discord.world import World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.either_intent]

WORDLESS_MENTIONS = ["{me}", "{me} can you answer this?", "{me} help?", "^^ {me}", "hey {me} this"]
Told = tuple[discord.Message, discord.Message | None]


async def in_reply(world: World, words: str) -> Told:
    """Mention the bot in reply to a question; return what it says, and the question."""
    question = await say(world, FERRY)
    return await say(world, words, reply_to=question, by=world.moderator), question


async def in_thread(world: World, words: str) -> Told:
    """Mention it in a thread that hangs on the question."""
    question = await say(world, FERRY)
    thread = await thread_on(world, question)
    return await say(world, words, channel=thread, by=world.moderator), question


async def in_forum(world: World, words: str) -> Told:
    """Mention it in a forum's post that asks the question in its title."""
    forum = world.guild.create_forum_channel("support")
    thread = await post(world, forum, FERRY, "I could not find it on the board.")
    return await say(world, words, channel=thread, by=world.moderator), None


async def in_forum_body(world: World, words: str) -> Told:
    """Mention it in the first message of a post."""
    forum = world.guild.create_forum_channel("support")
    return last(await post(world, forum, FERRY, words)), None


async def by_edit(world: World, words: str) -> Told:
    """Add the mention to a question, by an edit."""
    question = await world.alice.send(world.channel, FERRY)
    await world.alice.edit(question, f"{words.format(me=world.mention)} {FERRY}")
    return last(world.channel), question


async def on_forward(world: World, words: str) -> Told:
    """Mention it in reply to a question that was forwarded from another channel."""
    elsewhere = world.guild.create_text_channel("elsewhere")
    question = await world.alice.send(elsewhere, FERRY)
    forwarded = await world.alice.forward(question, world.channel)
    return await say(world, words, reply_to=forwarded, by=world.moderator), forwarded


async def on_embed(world: World, words: str) -> Told:
    """Mention it in reply to a question that a webhook shows in an embed."""
    webhook = await world.guild.create_webhook(world.channel).send(
        embed=discord.Embed(title="New ticket", description=FERRY)
    )
    return await say(world, words, reply_to=webhook, by=world.moderator), webhook


# Each with whether it can be read by a bot that sees only messages that mention it.
PATHS = [
    (in_reply, False),
    (in_thread, False),
    (in_forum, True),
    (in_forum_body, True),
    (by_edit, True),
    (on_forward, False),
    (on_embed, False),
]


@pytest.mark.parametrize(("path", "always"), PATHS)
async def test_a_mention_asks_about_what_it_hangs_on_or_says_how_to(
    world: World, intent: bool, path: Callable[[World, str], Awaitable[Told]], always: bool
) -> None:
    told, question = await path(world, world.mention)
    assert ours(world, told)
    if intent or always:
        assert LEAVES in told.content
    else:
        assert told.content == HIDDEN.format(menu="Answer this")
        assert question is not None
        # What it says is true: the menu reads the message, whatever else may be read.
        result = await world.moderator.context_menu(world.channel, ANSWER, question)
        assert LEAVES in shown(result).content
    simcord.assert_no_errors(world.env)


async def test_what_is_forwarded_to_it_directly_is_answered(world: World) -> None:
    user = world.alice.user
    question = await world.alice.send(world.channel, FERRY)
    reference = {
        "type": 1,
        "channel_id": str(question.channel.id),
        "message_id": str(question.id),
    }
    world.env.backend.create_message(user.dm_channel.id, user.id, reference=reference)
    await world.env.settle()
    assert LEAVES in last(user.dm_channel).content


@pytest.mark.options(message_content=True)
async def test_what_is_forwarded_into_a_thread_of_its_own_is_answered(world: World) -> None:
    question = await world.alice.send(world.channel, FERRY)
    thread = await thread_on(world)
    await say(world, f"{world.mention} {FIRST}", channel=thread)
    await world.alice.forward(question, thread)
    assert LEAVES in last(thread).content


@pytest.mark.parametrize("words", WORDLESS_MENTIONS[1:])
async def test_words_that_only_point_are_no_question_of_their_own(world: World, words: str) -> None:
    told, _ = await in_forum(world, words.format(me=world.mention))
    assert told.content.startswith(f"> {FERRY}")
    assert LEAVES in told.content
