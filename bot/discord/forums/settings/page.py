"""The page that `/settings` shows: the settings in words, what can't work, and what changed."""

from collections.abc import Sequence

import discord

from bot.discord.forums.sureness import LEVELS, level_of
from bot.discord.messages.markdown import on_one_line
from bot.discord.messages.split import MESSAGE, pack
from bot.discord.records.server_settings import ServerSettings

from .in_words import Naming, lines
from .problems import problems

TITLE = "**Settings of this server**"
HOW = (
    "Nothing is answered unasked yet. Choose a forum or channel below, and *When sure*: new posts "
    "and questions there are answered only where I am sure."
)


def settings_page(
    guild: discord.Guild,
    settings: ServerSettings,
    intents: discord.Intents,
    changed: Sequence[str] | None = None,
) -> str:
    """The settings of a server; `changed` are the lines of what was just chosen."""
    parts = [TITLE]
    if changed is not None:
        said = "; ".join(changed) if changed else "nothing is another than before"
        parts.append(f"\n✅ Changed: {said}.")
    parts += [f"\n⚠️ {problem}" for problem in problems(guild, settings, intents)]
    if not any(own.mode == "sure" for own in settings.channels.values()):
        parts.append(f"\n{HOW}")
    parts += [f"\n· {name}: **{value}**" for name, value in lines(settings, naming(guild))]
    named = level_of(settings.sureness)
    if named in LEVELS:
        parts.append(f"\n-# “{named}”: {LEVELS[named].meaning}.")
    return pack(parts, MESSAGE)[0]


def naming(guild: discord.Guild) -> Naming:
    """The names of a server's channels and roles, as messages show them; nobody is pinged."""

    def role(id: int) -> str:
        found = guild.get_role(id)
        return f"@{on_one_line(found.name)}" if found else f"a role that is gone ({id})"

    return Naming(lambda id: f"<#{id}>", role)
