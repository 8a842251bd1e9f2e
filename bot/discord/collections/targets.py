"""The channels and roles that a collection may be bound to, and why others may not."""

import discord

from bot.discord.language.translation import N_
from retrieval.errors import FootnoteError

CHANNEL_GONE = N_("That channel is gone. Choose another.")
CATEGORY = N_("{channel} is a category, which nobody writes in. Choose the channels in it.")
EVERYBODY = N_("Everybody has that role: leave documents for all in no collection.")
BOTS = N_("@{role} is a bot's role, and no person has it. Choose another role.")
ROLE_GONE = N_("That role is gone. Choose another.")
# The most channels or roles that a menu lets choose.
MOST = 25
# The kinds of channels that people write in.
KINDS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]


def default_of(id: int, kind: str) -> discord.SelectDefaultValue:
    """A channel or role as a menu shows it chosen already."""
    return discord.SelectDefaultValue(id=id, type=discord.SelectDefaultValueType[kind])


def channel_of(guild: discord.Guild, id: int) -> int:
    """A channel that a collection may be bound to. Raises FootnoteError, saying why not."""
    found = guild.get_channel(id)
    if found is None:
        raise FootnoteError(CHANNEL_GONE)
    if isinstance(found, discord.CategoryChannel):
        raise FootnoteError(CATEGORY, channel=found.name)
    return id


def role_of(guild: discord.Guild, id: int) -> int:
    """A role that a collection may be bound to. Raises FootnoteError, saying why not."""
    found = guild.get_role(id)
    if found is None:
        raise FootnoteError(ROLE_GONE)
    if found.is_default():
        raise FootnoteError(EVERYBODY)
    if found.is_bot_managed():
        raise FootnoteError(BOTS, role=found.name)
    return id
