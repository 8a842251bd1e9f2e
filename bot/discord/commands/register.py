"""Register the commands with Discord when their definitions have changed, and only then."""

import json
import logging
from typing import Any

import discord
from discord.ext import commands
from discord.http import Route

from bot.discord.startup.portal import invitation
from retrieval.errors import FootnoteError

log = logging.getLogger(__name__)

# The fields that make a command what it is. Discord sends back more (ids, versions), and leaves
# out those that are empty or false.
COMPARED = frozenset(
    """
    name type description options required choices value autocomplete channel_types min_value
    max_value min_length max_length default_member_permissions contexts integration_types nsfw
    name_localizations description_localizations
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
        ours = {shape(command) for command in await described(bot, server)}
        if await _registered(bot, server) == ours:
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


async def described(
    bot: commands.AutoShardedBot, server: discord.Object | None = None
) -> list[dict[str, Any]]:
    """The commands as the bot would have them, in all languages."""
    translator = bot.tree.translator
    assert translator is not None
    return [
        await command.get_translated_payload(bot.tree, translator)
        for kind in discord.AppCommandType
        for command in bot.tree.get_commands(guild=server, type=kind)
    ]


async def _registered(bot: commands.AutoShardedBot, server: discord.Object | None) -> set[str]:
    application = bot.application_id
    assert application is not None
    path = "/applications/{application_id}/commands"
    if server:
        path = "/applications/{application_id}/guilds/{guild_id}/commands"
    # discord.py asks for the commands without their translations.
    route = Route("GET", path, application_id=application, guild_id=server.id if server else None)
    known: Any = await bot.http.request(route, params={"with_localizations": "true"})
    return {shape(command) for command in known}


def shape(command: dict[str, Any]) -> str:
    """A command in one spelling, whether Discord describes it or we do."""
    return json.dumps(_spelled(command), sort_keys=True)


def _is_compared(key: str, value: Any) -> bool:
    return key in COMPARED and value not in (None, False, [], {}, "")


def _spelled(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        translated = key.endswith("_localizations")
        kept = value if translated else {k: v for k, v in value.items() if _is_compared(k, v)}
        return {k: _spelled(v, k) for k, v in kept.items()}
    if isinstance(value, list):
        # The order of places means nothing; that of options is the one they are shown in.
        places = key in ("contexts", "integration_types")
        return sorted(value) if places else [_spelled(item) for item in value]
    return str(value) if key == "default_member_permissions" else value
