"""Permissions: who may call which command, and where.

Discord enforces them. It hides `/documents` and *Add to Footnote* from everybody who
may not manage the server, and lets the owner grant them to other roles; a second check here would
overrule the owner. Progress, outcomes, lists and searches are shown to their caller alone, and so
are the buttons under them. But a page stays open, and a form, when its owner's rights are taken
away: `require` asks Discord again at each press. Which documents a member may ask is decided by
`ServerLibraries.visible`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.discord.language.translation import N_
from bot.discord.services.services import Interaction
from retrieval.errors import FootnoteError

NOT_ALLOWED = N_("You may not do that here.")
# Everybody may ask and search, in servers and in direct messages; only servers install the bot.
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
SERVERS_INSTALL = app_commands.AppInstallationType(guild=True, user=False)

Command = TypeVar("Command")


def for_managers(command: Command) -> Command:
    """Offer a command, a menu or a group to those who may manage the server, in servers alone."""
    # `guild_only` would not keep it out of direct messages, which the bot allows in general.
    in_servers = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    return in_servers(app_commands.default_permissions(manage_guild=True)(command))


async def require(interaction: Interaction, command: str) -> None:
    """Raise FootnoteError where somebody may not use a command, whose page or form is open: what
    may be done there is decided at each press, for rights may have changed since."""
    if not interaction.permissions.manage_guild and not await _is_granted(interaction, command):
        raise FootnoteError(
            "Only those who may use {command} here can do that.", command=f"/{command}"
        )


async def _is_granted(interaction: Interaction, command: str) -> bool:
    """Tell whether the server's owner gave a command to somebody who may not manage the server."""
    client, application = interaction.client, interaction.client.application_id
    if application is None or interaction.guild_id is None:
        return False
    # What is chosen for the whole bot holds where nothing is chosen for the command.
    for id in (*await _numbers(interaction, command), application):
        try:
            chosen: Any = await client.http.get_application_command_permissions(
                application, interaction.guild_id, id
            )
        except discord.NotFound:
            continue
        return _decided(interaction, chosen["permissions"])
    return False


def _decided(interaction: Interaction, chosen: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a member is among those that a command was given to, or one of their roles."""
    granted = {int(each["id"]): bool(each["permission"]) for each in chosen}
    member, everybody = interaction.user, interaction.guild_id
    roles = [role.id for role in getattr(member, "roles", ())]
    if any(role in granted for role in roles):
        return granted.get(member.id, any(granted.get(role) for role in roles))
    return granted.get(member.id, granted.get(everybody or 0, False))


async def _numbers(interaction: Interaction, command: str) -> list[int]:
    """The numbers that Discord knows a command by, in a development server as well."""
    tree = interaction.client.tree
    known = [*await tree.fetch_commands(), *await tree.fetch_commands(guild=interaction.guild)]
    return [each.id for each in known if each.name == command]
