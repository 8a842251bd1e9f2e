"""Decide which messages are addressed to the bot: it answers nothing else.

They are mentions, its command sent as a message, replies to it, direct messages, and, where it may
read along, what is said in a thread that it has answered in, or that hangs on an answer of its.
"""

from collections import OrderedDict
from typing import Any

import discord

from .history import STARTER, is_reply, without_mention

# The most threads and messages remembered, and the messages of a thread in which the bot looks for
# its own.
REMEMBERED, LOOKED_BACK = 1000, 50


class Recent(OrderedDict[int, bool]):
    """Something known of each of the channels or messages that were seen last."""

    def note(self, id: int, known: bool) -> None:
        """Note something of a channel or message, and forget the one seen longest ago."""
        self[id] = known
        self.move_to_end(id)
        if len(self) > REMEMBERED:
            self.popitem(last=False)


class Attention:
    """Tells which messages are addressed to the bot; remembers the threads that it answered in,
    and the messages that it answered or gave a hint on."""

    def __init__(self) -> None:
        self._ours = Recent()
        self.answered = Recent()

    async def is_addressed(self, message: discord.Message, me: int) -> bool:
        """Tell whether a message is meant for the bot, whose id is `me`.

        Asks Discord at most once for each thread.
        """
        if message.guild is None or called(message, me):
            return True
        parent = message.reference.resolved if message.reference else None
        if isinstance(parent, discord.Message):
            return parent.author.id == me
        # In a thread of ours, but not what its members say to each other.
        return _open_to_all(message) and await self._answered_in(message.channel, me)

    def remember(self, channel: int, ours: bool = True) -> None:
        """Remember that the bot has answered in a channel, or hasn't."""
        self._ours.note(channel, ours)

    async def _answered_in(self, channel: Any, me: int) -> bool:
        if not isinstance(channel, discord.Thread):
            return False
        if channel.id not in self._ours:
            self.remember(channel.id, await _look_back(channel, me))
        return self._ours[channel.id]


def _open_to_all(message: discord.Message) -> bool:
    """Tell whether a message can be read, is no reply, and mentions nobody."""
    called = message.mentions or message.role_mentions or message.mention_everyone
    said = message.content or message.message_snapshots
    return bool(said) and not called and not is_reply(message)


async def _look_back(thread: discord.Thread, me: int) -> bool:
    try:
        async for message in thread.history(limit=LOOKED_BACK):
            opening = message.reference.resolved if message.reference else None
            ours = opening if message.type is STARTER else message
            if isinstance(ours, discord.Message) and ours.author.id == me:
                return True
    except discord.Forbidden:  # without *Read Message History* only a mention is for certain
        return False
    return False


def roles_of(message: discord.Message) -> list[int]:
    """The role that Discord made for the bot: people pick it instead of the bot itself."""
    role = message.guild.self_role if message.guild else None
    return [role.id] if role else []


def replies_to(message: discord.Message, me: int) -> bool:
    """Tell whether a message replies to one of the bot's."""
    parent = message.reference.resolved if message.reference else None
    return isinstance(parent, discord.Message) and parent.author.id == me


def called(message: discord.Message, me: int) -> bool:
    """Tell whether a message mentions the bot or its role, even if its text can't be read, or
    begins with its command, as those send it who don't choose it from Discord's list."""
    roles = roles_of(message)
    if any(role.id in roles for role in message.role_mentions):
        return True
    whole = " ".join(message.content.split())
    return without_mention(message.content, me, roles) != whole
