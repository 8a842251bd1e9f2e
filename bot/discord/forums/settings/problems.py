"""Tell which settings of a server can't work as Discord is set up there, and what to do."""

from collections.abc import Iterator, Sequence

import discord

from bot.discord.language.permissions import permissions
from bot.discord.language.translation import N_, _
from bot.discord.records.server_settings import ServerSettings

FORUMS = (discord.ChannelType.forum, discord.ChannelType.media)
INTENT = N_(
    "Turn on *Message Content Intent* under *Bot* in the developer portal, and start me again."
)
TO_ANSWER = N_(
    "To answer in {channel} I lack {permissions}: allow it in the channel's settings, under "
    "*Permissions*."
)
TO_ASK = N_(
    "To ask for help in {channel} I lack {permissions}: allow it in the channel's settings, under "
    "*Permissions*."
)
NOWHERE = N_(
    "Similar solved posts are named in forums that are watched: choose a forum, and *{choice}*."
)
Channel = discord.abc.GuildChannel | discord.Thread


def problems(
    guild: discord.Guild, settings: ServerSettings, intents: discord.Intents
) -> Iterator[str]:
    """Yield a sentence for each setting that can't work, with the place and what to do."""
    for id, own in settings.channels.items():
        channel = guild.get_channel(id)
        if channel is None and own.mode != "mention":
            yield _("The channel {id} is gone, or hidden from me: choose another.", id=id)
        elif channel is not None and own.mode == "sure":
            yield from _of_watched(channel, settings, intents)
    if settings.similar_posts and not any(_is_watched_forum(guild, settings)):
        yield _(NOWHERE, choice=_("When sure"))
    yield from _of_helpers(guild, settings)


def _is_watched_forum(guild: discord.Guild, settings: ServerSettings) -> Iterator[bool]:
    for id, own in settings.channels.items():
        channel = guild.get_channel(id)
        yield own.mode == "sure" and channel is not None and channel.type in FORUMS


def _of_watched(
    channel: Channel, settings: ServerSettings, intents: discord.Intents
) -> Iterator[str]:
    if told := lacking_sentence(channel, settings, intents):
        yield told
    if intents.message_content:
        return
    mention = channel.mention
    if channel.type in FORUMS:
        said = _("In {channel} I see only the titles of posts, not what they say.", channel=mention)
    else:
        said = _("In {channel} I can't see what members write.", channel=mention)
    yield f"{said} {_(INTENT)}"


def lacking_sentence(channel: object, settings: ServerSettings, intents: discord.Intents) -> str:
    """The permissions that the bot lacks to answer unasked in a channel, in a sentence; or ""."""
    if not isinstance(channel, discord.abc.GuildChannel):
        return ""
    needed = ["view_channel", "read_message_history"]
    if channel.type in FORUMS:
        needed += ["send_messages_in_threads"]
    elif settings.answer_in_thread:
        needed += ["create_public_threads", "send_messages_in_threads"]
    else:
        needed += ["send_messages"]
    return _lacking(channel, needed, TO_ANSWER)


def _of_helpers(guild: discord.Guild, settings: ServerSettings) -> Iterator[str]:
    role = guild.get_role(settings.helper_role) if settings.helper_role else None
    if settings.helper_role and role is None:
        yield _("The helper role is gone: choose another.")
    if settings.helper_channel is None:
        if role is not None:
            yield _(
                "There is a helper role but no helper channel: nobody can be asked for help yet."
            )
        return
    channel = guild.get_channel(settings.helper_channel)
    if channel is None:
        yield _("The helper channel is gone, or hidden from me: choose another.")
        return
    if told := _lacking(channel, ["view_channel", "send_messages"], TO_ASK):
        yield told
    may = channel.permissions_for(guild.me).mention_everyone
    if role is not None and not (role.mentionable or may):
        yield _(
            "I can't ping {role} in {channel}: let everybody mention that role, or allow me "
            "*Mention Everyone* there.",
            role=f"@{role.name}",
            channel=channel.mention,
        )


def _lacking(channel: discord.abc.GuildChannel, needed: Sequence[str], said: str) -> str:
    allowed = channel.permissions_for(channel.guild.me)
    missing = [name for name in needed if not getattr(allowed, name)]
    if not missing:
        return ""
    return _(said, channel=channel.mention, permissions=permissions(missing))
