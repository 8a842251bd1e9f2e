"""Register the commands with Discord when their definitions have changed, and only then."""

import json
import logging
from typing import Any

import discord
from discord.ext import commands

from bot.discord.startup.portal import invitation
from retrieval.errors import FootnoteError

log = logging.getLogger(__name__)

# The fields that make a command what it is. Discord sends back more (ids, versions), and leaves
# out those that are empty or false.
COMPARED = frozenset(
    """
    name type description options required choices value autocomplete channel_types min_value
    max_value min_length max_length default_member_permissions contexts integration_types nsfw
    """.split()
)


async def register(bot: commands.AutoShardedBot, dev_server: int | None) -> bool:
    """Register the commands if Discord's copy of them differs; True if it did.

    With a development server they are registered there, where they appear at once. Raises
    FootnoteError, saying what to click, if the bot may not register commands in it.
    """
    server = discord.Object(dev_server) if dev_server else None
    if server:
        bot.tree.copy_global_to(guild=server)
    try:
        if await _registered(bot, server) == {shape(command) for command in _ours(bot, server)}:
            return False
        await bot.tree.sync(guild=server)
    except discord.Forbidden as error:
        assert bot.application_id is not None
        raise FootnoteError(
            f"Discord does not let me register commands in the server {dev_server}. Check the "
            f"number, and invite me there with this link: {invitation(bot.application_id)}"
        ) from error
    log.info("commands registered", extra={"server": dev_server})
    return True


def _ours(bot: commands.AutoShardedBot, server: discord.Object | None) -> list[dict[str, Any]]:
    return [
        command.to_dict(bot.tree)
        for kind in discord.AppCommandType
        for command in bot.tree.get_commands(guild=server, type=kind)
    ]


async def _registered(bot: commands.AutoShardedBot, server: discord.Object | None) -> set[str]:
    application = bot.application_id
    assert application is not None
    known: Any = (
        await bot.http.get_guild_commands(application, server.id)
        if server
        else await bot.http.get_global_commands(application)
    )
    return {shape(command) for command in known}


def shape(command: dict[str, Any]) -> str:
    """A command in one spelling, whether Discord describes it or we do."""
    return json.dumps(_spelled(command), sort_keys=True)


def _spelled(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k in COMPARED and v not in (None, False, [], "")}
        return {k: _spelled(v, k) for k, v in kept.items()}
    if isinstance(value, list):
        # The order of places means nothing; that of options is the one they are shown in.
        places = key in ("contexts", "integration_types")
        return sorted(value) if places else [_spelled(item) for item in value]
    return str(value) if key == "default_member_permissions" else value
