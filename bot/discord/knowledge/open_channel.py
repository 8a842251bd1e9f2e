"""Tell which channels may be taken from: those that everybody in the server may read."""

from typing import Any

import discord

from bot.discord.language.translation import N_
from retrieval.errors import FootnoteError

# The kinds of channels that documents are taken from.
KINDS = (
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.text,
    discord.ChannelType.news,
)
KIND = N_("Documents are taken from forums, text channels and announcement channels.")
PRIVATE = N_("{place} is not open to everybody, so nothing that is said there becomes a document.")
RESTRICTED = N_("{place} is age-restricted, so nothing that is said there becomes a document.")
UNREADABLE = N_(
    "I can't read the history of {place}: allow me *View Channel* and *Read Message History* there."
)
INTENT = N_(
    "Without *Message Content Intent* I can't read what members write. Turn it on under *Bot* in "
    "the developer portal, and start me again."
)


def reason_not_to_take(channel: Any, intents: discord.Intents) -> FootnoteError | None:
    """The reason why nothing of a channel or a thread may become a document; None if it may."""
    if isinstance(channel, discord.Thread):
        if channel.is_private() or channel.parent is None:
            return FootnoteError(PRIVATE, place=channel.mention)
        return reason_not_to_take(channel.parent, intents)
    if getattr(channel, "type", None) not in KINDS:
        return FootnoteError(KIND)
    if closed := reason_it_is_closed(channel):
        return closed
    own = channel.permissions_for(channel.guild.me)
    if not (own.view_channel and own.read_message_history):
        return FootnoteError(UNREADABLE, place=channel.mention)
    return None if intents.message_content else FootnoteError(INTENT)


def reason_it_is_closed(channel: discord.abc.GuildChannel) -> FootnoteError | None:
    """The reason why a channel is not open to everybody in its server; None if it is."""
    everybody = channel.permissions_for(channel.guild.default_role)
    if not (everybody.view_channel and everybody.read_message_history):
        return FootnoteError(PRIVATE, place=channel.mention)
    if getattr(channel, "nsfw", False):
        return FootnoteError(RESTRICTED, place=channel.mention)
    return None
