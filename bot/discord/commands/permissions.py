"""Permissions: who may call which command, and where.

Discord enforces them. It hides `/documents` and *Add to Footnote* from everybody who
may not manage the server, and lets the owner grant them to other roles; a second check here would
overrule the owner. Progress, outcomes, lists and searches are shown to their caller alone, and so
are the buttons under them. Which documents a member may ask is decided by
`ServerLibraries.visible`.
"""

from typing import TypeVar

from discord import app_commands

from bot.discord.services.services import Interaction
from retrieval.errors import FootnoteError

NOT_ALLOWED = "You may not do that here."
# Everybody may ask and search, in servers and in direct messages; only servers install the bot.
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
SERVERS_INSTALL = app_commands.AppInstallationType(guild=True, user=False)

Command = TypeVar("Command")


def for_managers(command: Command) -> Command:
    """Offer a command, a menu or a group to those who may manage the server, in servers alone."""
    # `guild_only` would not keep it out of direct messages, which the bot allows in general.
    in_servers = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    return in_servers(app_commands.default_permissions(manage_guild=True)(command))


def require_manager(interaction: Interaction) -> None:
    """Raise FootnoteError where somebody may not manage the server, under a message that others
    than those who may see as well."""
    if not interaction.permissions.manage_guild:
        raise FootnoteError("Only those who may manage the server can keep answers.")
