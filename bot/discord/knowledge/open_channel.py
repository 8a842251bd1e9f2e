"""Tell which channels may be taken from: those that everybody in the server may read."""

from typing import Any

import discord

# The kinds of channels that documents are taken from.
KINDS = (
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.text,
    discord.ChannelType.news,
)
KIND = "Documents are taken from forums, text channels and announcement channels."
PRIVATE = "{place} is not open to everybody, so nothing that is said there becomes a document."
RESTRICTED = "{place} is age-restricted, so nothing that is said there becomes a document."
UNREADABLE = (
    "I can't read the history of {place}: allow me *View Channel* and *Read Message History* there."
)
INTENT = (
    "Without *Message Content Intent* I can't read what members write. Turn it on under *Bot* in "
    "the developer portal, and start me again."
)


def reason_not_to_take(channel: Any, intents: discord.Intents) -> str:
    """The reason why nothing of a channel or a thread may become a document; "" if it may."""
    if isinstance(channel, discord.Thread):
        if channel.is_private() or channel.parent is None:
            return PRIVATE.format(place=channel.mention)
        return reason_not_to_take(channel.parent, intents)
    if getattr(channel, "type", None) not in KINDS:
        return KIND
    if closed := reason_it_is_closed(channel):
        return closed
    own = channel.permissions_for(channel.guild.me)
    if not (own.view_channel and own.read_message_history):
        return UNREADABLE.format(place=channel.mention)
    return "" if intents.message_content else INTENT


def reason_it_is_closed(channel: discord.abc.GuildChannel) -> str:
    """The reason why a channel is not open to everybody in its server; "" if it is."""
    everybody = channel.permissions_for(channel.guild.default_role)
    if not (everybody.view_channel and everybody.read_message_history):
        return PRIVATE.format(place=channel.mention)
    if getattr(channel, "nsfw", False):
        return RESTRICTED.format(place=channel.mention)
    return ""
