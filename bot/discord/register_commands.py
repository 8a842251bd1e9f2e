"""Commands are registered with Discord when their definitions changed, and only then."""

import json
import logging
from typing import TYPE_CHECKING, Any

import discord

from retrieval.errors import FootnoteError

if TYPE_CHECKING:
    from .client import Footnote

log = logging.getLogger(__name__)

# What makes a command what it is. Discord sends back more (ids, versions), and leaves out what
# is empty or false.
COMPARED = frozenset(
    """
    name type description options required choices value autocomplete channel_types min_value
    max_value min_length max_length default_member_permissions contexts integration_types nsfw
    """.split()
)


async def register(bot: "Footnote") -> bool:
    """Registers the commands if Discord's copy of them differs; whether it did.

    Of several processes, the one that runs shard 0 does it for all.
    With a development server they are registered there, where they appear at once. Raises
    FootnoteError, saying what to click, if the bot may not register commands in it.
    """
    if not bot.shards_here.leading:
        return False
    server = discord.Object(bot.dev_server) if bot.dev_server else None
    if server:
        bot.tree.copy_global_to(guild=server)
    try:
        if await _registered(bot, server) == {shape(command) for command in _ours(bot, server)}:
            return False
        await bot.tree.sync(guild=server)
    except discord.Forbidden as error:
        raise FootnoteError(
            f"Discord does not let me register commands in the server {bot.dev_server}. Check the "
            f"number, and invite me there with this link: {bot.invitation()}"
        ) from error
    log.info("commands registered", extra={"server": bot.dev_server})
    return True


def _ours(bot: "Footnote", server: discord.Object | None) -> list[dict[str, Any]]:
    return [
        command.to_dict(bot.tree)
        for kind in discord.AppCommandType
        for command in bot.tree.get_commands(guild=server, type=kind)
    ]


async def _registered(bot: "Footnote", server: discord.Object | None) -> set[str]:
    application = bot.application_id
    assert application is not None
    commands: Any = (
        await bot.http.get_guild_commands(application, server.id)
        if server
        else await bot.http.get_global_commands(application)
    )
    return {shape(command) for command in commands}


def shape(command: dict[str, Any]) -> str:
    """A command as Discord would describe it and as we do, in one spelling."""
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
