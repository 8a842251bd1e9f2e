"""Tell which messages the conversation leaves alone: members' in places that are off, and in posts
that are watched."""

import discord

from bot.discord.records.server_settings import Mode, ServerSettings
from bot.discord.services.services import Services


def mode_in(settings: ServerSettings, channel: discord.abc.Snowflake) -> Mode:
    """The mode in a channel; a thread goes by the channel that it is in."""
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return settings.channel(parent or channel.id).mode


def is_left_alone(message: discord.Message, services: Services, addressed: bool) -> bool:
    """Tell whether the conversation has nothing to say to a message.

    `addressed` is whether it mentions the bot or replies to it; what else is said in a post that
    was answered unasked is seen to by the watch, which keeps to the original poster.
    """
    if message.guild is None:
        return False
    if mode_in(services.settings.of(message.guild.id), message.channel) == "off":
        return True
    if addressed or not isinstance(message.channel, discord.Thread):
        return False
    return services.watched.of_thread(message.channel.id) is not None
