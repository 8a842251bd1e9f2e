"""Tell which settings of a server can't work as Discord is set up there, and what to do."""

from collections.abc import Iterator, Sequence

import discord

from bot.discord.records.server_settings import ServerSettings

FORUMS = (discord.ChannelType.forum, discord.ChannelType.media)
INTENT = "Turn on *Message Content Intent* under *Bot* in the developer portal, and start me again."
Channel = discord.abc.GuildChannel | discord.Thread


def problems(
    guild: discord.Guild, settings: ServerSettings, intents: discord.Intents
) -> Iterator[str]:
    """Yield a sentence for each setting that can't work, with the place and what to do."""
    for id, own in settings.channels.items():
        channel = guild.get_channel(id)
        if channel is None and own.mode != "mention":
            yield f"The channel {id} is gone, or hidden from me: choose another."
        elif channel is not None and own.mode == "sure":
            yield from _of_watched(channel, settings, intents)
    yield from _of_helpers(guild, settings)


def _of_watched(
    channel: Channel, settings: ServerSettings, intents: discord.Intents
) -> Iterator[str]:
    if told := lacking_sentence(channel, settings, intents):
        yield told
    if intents.message_content:
        return
    if channel.type in FORUMS:
        yield f"In {channel.mention} I see only the titles of posts, not what they say. {INTENT}"
    else:
        yield f"In {channel.mention} I can't see what members write. {INTENT}"


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
    return _lacking(channel, needed, "answer")


def _of_helpers(guild: discord.Guild, settings: ServerSettings) -> Iterator[str]:
    role = guild.get_role(settings.helper_role) if settings.helper_role else None
    if settings.helper_role and role is None:
        yield "The helper role is gone: choose another."
    if settings.helper_channel is None:
        if role is not None:
            yield "There is a helper role but no helper channel: nobody can be asked for help yet."
        return
    channel = guild.get_channel(settings.helper_channel)
    if channel is None:
        yield "The helper channel is gone, or hidden from me: choose another."
        return
    if told := _lacking(channel, ["view_channel", "send_messages"], "ask for help"):
        yield told
    may = channel.permissions_for(guild.me).mention_everyone
    if role is not None and not (role.mentionable or may):
        yield (
            f"I can't ping @{role.name} in {channel.mention}: let everybody mention that role, or "
            f"allow me *Mention Everyone* there."
        )


def _lacking(channel: discord.abc.GuildChannel, needed: Sequence[str], to: str) -> str:
    allowed = channel.permissions_for(channel.guild.me)
    missing = [permission_name(name) for name in needed if not getattr(allowed, name)]
    if not missing:
        return ""
    return (
        f"To {to} in {channel.mention} I lack *{', '.join(missing)}*: allow it in the channel's "
        f"settings, under *Permissions*."
    )


def permission_name(name: str) -> str:
    """A permission as Discord's settings call it."""
    return name.replace("_", " ").title().replace(" In ", " in ")
