"""Read the earlier turns of a conversation from Discord itself: nothing is remembered here.

A reply leads to the messages that it answers; in a thread and in direct messages, the turns are
the messages before it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import zip_longest
from typing import Any

import discord

from bot.discord.messages.answer import read_back
from retrieval.types import Turn

from .message_text import question_text

# The messages that are looked back at (retrieval/answer decides how many of their turns an answer
# goes by), and, in direct messages, the time: yesterday's question is another conversation.
REMEMBERED = 12
A_WHILE = timedelta(hours=1)
# What people write; all else is Discord's own.
ORDINARY = (discord.MessageType.default, discord.MessageType.reply)
# The buttons of answers have ids that begin like this. Of an answer in several messages only the
# last has buttons: the others are known by their length, which no hint has.
OF_AN_ANSWER = ("footnote:sources:", "footnote:vote:")
LONGEST_HINT = 1000
# The command with a question, sent as a message: nobody chose it from Discord's list.
TYPED_ASK = re.compile(r"\A\s*/ask\s+(?:question\s*:\s*)?(?=\S)", re.IGNORECASE)
# The message that stands first in a thread that hangs on another, and points at it.
STARTER = discord.MessageType.thread_starter_message


def without_mention(text: str, me: int, roles: Iterable[int] = ()) -> str:
    """Remove the mentions of the bot and of its roles from a message, and the name of its command
    before a question."""
    ours = "|".join([f"<@!?{me}>", *(f"<@&{role}>" for role in roles)])
    return TYPED_ASK.sub("", " ".join(re.sub(ours, " ", text).split()))


def is_reply(message: discord.Message) -> bool:
    """Tell whether a message replies to another; one that forwards another doesn't."""
    reference = message.reference
    return reference is not None and reference.type is discord.MessageReferenceType.default


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
    if not is_reply(message) or reference is None or reference.message_id is None:
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
    if is_reply(message):
        chain = await reply_chain(message)
        return [*turns_of(chain, me), *_left_open(chain, me)]
    if message.guild is None or isinstance(message.channel, discord.Thread):
        return turns_of(await said_before(message), me)
    return []


def turns_of(messages: Sequence[discord.Message], me: int) -> list[Turn]:
    """Pair questions with the bot's answers; an answer in several messages is one turn.

    What the bot says that is no answer is left out: it says nothing about the documents.
    """
    turns: list[Turn] = []
    waiting = ""
    for message in _without_hints(messages, me):
        if message.author.id != me:
            waiting = without_mention(question_text(message), me)
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


def is_answer(message: discord.Message, me: int) -> bool:
    """Tell whether a message is an answer of the bot's, or the last one of it."""
    ids = _ids(message.components) if message.author.id == me else ()
    return any(id.startswith(OF_AN_ANSWER) for id in ids)


def _ids(components: Iterable[Any]) -> Iterator[str]:
    for component in components:
        yield getattr(component, "custom_id", None) or ""
        yield from _ids(getattr(component, "children", ()))


def _without_hints(messages: Sequence[discord.Message], me: int) -> Iterator[discord.Message]:
    for message, later in zip_longest(messages, messages[1:]):
        part = later is not None and is_answer(later, me) and _together(message, later)
        long = len(message.content) > LONGEST_HINT
        if message.author.id != me or is_answer(message, me) or part or long:
            yield message


def _together(message: discord.Message, later: discord.Message) -> bool:
    """Tell whether two messages reply to the same one."""
    first, second = message.reference, later.reference
    return (first and first.message_id) == (second and second.message_id)


def _left_open(chain: Sequence[discord.Message], me: int) -> list[Turn]:
    """The words of a member that are replied to: a question may lean on them."""
    said = chain[-1] if chain and chain[-1].author.id != me else None
    words = without_mention(question_text(said), me) if said else ""
    return [Turn(words, "")] if words else []
