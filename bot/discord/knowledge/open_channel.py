"""Tell which channels may be taken from: those that everybody in the server may read, and those
with a collection whose readers all see them."""

from typing import Any

import discord

from bot.discord.collections.sight import Sight
from bot.discord.language.translation import N_
from bot.discord.records.knowledge.followed_channels import FollowedChannel
from bot.discord.services.libraries import library_of
from retrieval.errors import FootnoteError
from retrieval.store.library_store import is_collection

# The kinds of channels that documents are taken from.
KINDS = (
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.text,
    discord.ChannelType.news,
)
KIND = N_("Documents are taken from forums, text channels and announcement channels.")
PRIVATE = N_("{place} is not open to everybody, so nothing that is said there becomes a document.")
NOT_ITS_OWN = N_(
    "Not all who may read that collection see {place}, so nothing that is said there goes into it. "
    "`/collections` binds a collection to {place} alone."
)
RESTRICTED = N_("{place} is age-restricted, so nothing that is said there becomes a document.")
UNREADABLE = N_(
    "I can't read the history of {place}: allow me *View Channel* and *Read Message History* there."
)
INTENT = N_(
    "Without *Message Content Intent* I can't read what members write. Turn it on under *Bot* in "
    "the developer portal, and start me again."
)


def reason_not_to_take(
    channel: Any, intents: discord.Intents, sight: Sight, followed: FollowedChannel | None
) -> FootnoteError | None:
    """The reason why nothing of a channel or a thread may become a document; None if it may.

    Of a channel that is followed it depends on the collection that was chosen.
    """
    if isinstance(channel, discord.Thread):
        if channel.is_private() or channel.parent is None:
            return FootnoteError(PRIVATE, place=channel.mention)
        return reason_not_to_take(channel.parent, intents, sight, followed)
    if getattr(channel, "type", None) not in KINDS:
        return FootnoteError(KIND)
    if not store_for(channel, sight, followed):
        why = NOT_ITS_OWN if followed is not None and followed.collection else PRIVATE
        return FootnoteError(why, place=channel.mention)
    if getattr(channel, "nsfw", False):
        return FootnoteError(RESTRICTED, place=channel.mention)
    return _reason_not_to_read(channel, intents)


def by_name(why: FootnoteError, name: str) -> FootnoteError:
    """A reason that names its channel by its name: Discord alone puts that in for a number."""
    said = why.sentence
    return FootnoteError(said.template, place=f"#{name}") if said.values else why


def _reason_not_to_read(
    channel: discord.abc.GuildChannel, intents: discord.Intents
) -> FootnoteError | None:
    own = channel.permissions_for(channel.guild.me)
    if not (own.view_channel and own.read_message_history):
        return FootnoteError(UNREADABLE, place=channel.mention)
    return None if intents.message_content else FootnoteError(INTENT)


def store_for(channel: Any, sight: Sight, followed: FollowedChannel | None) -> str:
    """The store into which the words of a channel or a thread go: the collection that was chosen;
    else everybody's where everybody may read the channel; else a collection of its own, unless it
    is followed for everybody. "" where there is none."""
    room: discord.abc.GuildChannel = getattr(channel, "parent", None) or channel
    if followed is not None and followed.collection:
        return followed.collection if sight.may_hold(followed.collection, room) else ""
    if is_read_by_all(room):
        return library_of(room.guild.id)
    own = "" if followed is not None else sight.store_for(room.guild, [room.id])
    return own if is_collection(own) else ""


def is_read_by_all(channel: discord.abc.GuildChannel) -> bool:
    """Tell whether everybody in the server may read a channel, from its beginning."""
    everybody = channel.permissions_for(channel.guild.default_role)
    return everybody.view_channel and everybody.read_message_history


def is_closed(channel: discord.abc.GuildChannel) -> bool:
    """Tell whether a channel is age-restricted, or not everybody may read it."""
    return bool(getattr(channel, "nsfw", False)) or not is_read_by_all(channel)
