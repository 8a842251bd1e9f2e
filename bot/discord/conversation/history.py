"""Read the earlier turns of a conversation from Discord itself: nothing is remembered here.

A reply leads to the messages that it answers; in a thread and in direct messages, the turns are
the messages before it.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import discord

from bot.discord.messages.answer import read_back
from retrieval.types import Turn

# The messages that are looked back at (retrieval/answer decides how many of their turns an answer
# goes by), and, in direct messages, the time: yesterday's question is another conversation.
REMEMBERED = 12
A_WHILE = timedelta(hours=1)
# The message that stands first in a thread that hangs on another, and points at it.
STARTER = discord.MessageType.thread_starter_message


def without_mention(text: str, me: int, roles: Iterable[int] = ()) -> str:
    """Remove the mentions of the bot and of its roles from a message."""
    ours = "|".join([f"<@!?{me}>", *(f"<@&{role}>" for role in roles)])
    return " ".join(re.sub(ours, " ", text).split())


async def reply_chain(message: discord.Message) -> list[discord.Message]:
    """The messages that this one replies to, the oldest first, itself left out.

    Discord sends the first of them along; the others are fetched. It ends where one was deleted,
    or may not be read.
    """
    chain: list[discord.Message] = []
    while len(chain) < REMEMBERED:
        parent = await _parent(message)
        if parent is None:
            break
        chain.insert(0, parent)
        message = parent
    return chain


async def _parent(message: discord.Message) -> discord.Message | None:
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    if reference.type is not discord.MessageReferenceType.default:  # a forward is no reply
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    if isinstance(reference.resolved, discord.DeletedReferencedMessage):
        return None
    channel: Any = message.channel
    # The message that a thread hangs on, and those that it replies to, are in the parent channel.
    if isinstance(channel, discord.Thread) and reference.channel_id == channel.parent_id:
        channel = channel.parent or channel
    try:
        parent: discord.Message = await channel.fetch_message(reference.message_id)
    except (discord.NotFound, discord.Forbidden):
        return None
    return parent


async def said_before(message: discord.Message) -> list[discord.Message]:
    """The messages before one in a thread or in direct messages, the oldest first."""
    since = None if message.guild else message.created_at - A_WHILE
    try:
        found = [
            earlier
            async for earlier in message.channel.history(limit=REMEMBERED, before=message)
            if since is None or earlier.created_at > since
        ]
    except discord.Forbidden:  # without *Read Message History* a question stands alone
        return []
    return [said for earlier in found[::-1] for said in await _pointed_at(earlier)]


async def _pointed_at(message: discord.Message) -> list[discord.Message]:
    """The message, or, where a thread begins, the one that it hangs on and what that answers."""
    opening = message.reference.resolved if message.reference else None
    if message.type is not STARTER or not isinstance(opening, discord.Message):
        return [message]
    return [*await reply_chain(opening), opening]


async def earlier_turns(message: discord.Message, me: int) -> list[Turn]:
    """The turns before a message: those that it replies to, or those said before it."""
    if message.reference is not None:
        return turns_of(await reply_chain(message), me)
    if message.guild is None or isinstance(message.channel, discord.Thread):
        return turns_of(await said_before(message), me)
    return []


def turns_of(messages: Iterable[discord.Message], me: int) -> list[Turn]:
    """Pair questions with the bot's answers; an answer in several messages is one turn."""
    turns: list[Turn] = []
    waiting = ""
    for message in messages:
        if message.author.id != me:
            waiting = without_mention(message.content, me)
            continue
        question, answer = read_back(message.content)
        if question or waiting:
            turns.append(Turn(question or waiting, answer))
        elif not turns:  # the question was deleted: what was answered still says what it is about
            turns.append(Turn("", answer))
        else:
            turns[-1] = Turn(turns[-1].question, f"{turns[-1].answer} {answer}".strip())
        waiting = ""
    return turns
