"""Permissions: who may call which command and where, and what the bot itself has to be allowed.

Discord enforces the members' side. It hides `/documents` and *Add to Footnote* from everybody who
may not manage the server, and lets the owner grant them to other roles; a second check here would
overrule the owner. Progress, outcomes, lists and searches are shown to their caller alone, and so
are the buttons under them. Which documents a member may ask is decided by
`ServerLibraries.visible`.
"""

from collections.abc import Sequence
from typing import TypeVar

import discord
from discord import app_commands

NOT_ALLOWED = "You may not do that here."
# Everybody may ask and search, in servers and in direct messages; only servers install the bot.
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
SERVERS_INSTALL = app_commands.AppInstallationType(guild=True, user=False)
# The bot's own permissions, for the link that invites it.
NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)

Command = TypeVar("Command")


def for_managers(command: Command) -> Command:
    """Offer a command, a menu or a group to those who may manage the server, in servers alone."""
    # `guild_only` would not keep it out of direct messages, which the bot allows in general.
    in_servers = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    return in_servers(app_commands.default_permissions(manage_guild=True)(command))


def lacking(guild: discord.Guild) -> Sequence[str]:
    """The permissions that the bot needs and lacks in a server, as Discord names them."""
    if guild.unavailable:  # Discord has an outage there, and tells nothing of the server
        return []
    allowed = guild.me.guild_permissions
    missing = [name for name, needed in NEEDED if needed and not getattr(allowed, name)]
    return [name.replace("_", " ").title() for name in missing]


def invitation(application: int) -> str:
    """The link that brings an application's bot into a server, with the permissions it needs."""
    return discord.utils.oauth_url(
        application, permissions=NEEDED, scopes=("bot", "applications.commands")
    )
