"""The page that `/settings` shows: the settings in words, what can't work, and what changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import discord

from bot.discord.forums.sureness import LEVELS, level_name, level_of
from bot.discord.language.translation import N_, _, ngettext
from bot.discord.messages.markdown import on_one_line
from bot.discord.messages.split import MESSAGE, fitting, length
from bot.discord.records.server_settings import ServerSettings

from .in_words import Naming, channel_lines, channel_value, server_lines
from .problems import problems

# Characters of the line on those that there is no room for.
LEFT = 120
TITLE = N_("**Settings of this server**")
HOW = N_(
    "Nothing is answered unasked yet. Choose a forum or channel below, and *{choice}*: new posts "
    "and questions there are answered only where I am sure."
)


def settings_page(
    guild: discord.Guild,
    settings: ServerSettings,
    intents: discord.Intents,
    changed: Sequence[str] | None = None,
    channel: int | None = None,
) -> str:
    """The settings of a server; `changed` are the lines of what was just chosen, and `channel` is
    the one that is being set."""
    names, parts, tail = naming(guild), [_(TITLE)], list[str]()
    if changed is not None:
        said = "; ".join(changed) if changed else _("nothing is another than before")
        parts.append("\n✅ " + _("Changed: {changes}.", changes=said))
    if channel is not None:
        own = channel_value(settings.channel(channel), settings.sureness)
        parts.append(f"\n➡️ {names.channel(channel)}: **{own}**")
    if not any(own.mode == "sure" for own in settings.channels.values()):
        tail.append("\n" + _(HOW, choice=_("When sure")))
    tail += [f"\n· {name}: **{value}**" for name, value in server_lines(settings, names)]
    level = level_of(settings.sureness)
    if level in LEVELS:
        name, meaning = level_name(settings.sureness), _(LEVELS[level].meaning)
        tail.append("\n-# " + _("“{level}”: {meaning}.", level=name, meaning=meaning))
    room = MESSAGE - sum(map(length, (*parts, *tail)))
    wrong = [f"\n⚠️ {problem}" for problem in problems(guild, settings, intents)]
    others = {id: own for id, own in settings.channels.items() if id != channel}
    named = channel_lines(replace(settings, channels=others), names)
    chosen = [f"\n· {name}: **{value}**" for name, value in named]
    warned = _with_rest(wrong, room - LEFT, _more_wrong)
    room -= sum(map(length, warned))
    listed = _with_rest(chosen, room, _more_channels)
    return "".join([*parts, *warned, *listed, *tail])


def _more_wrong(count: int) -> str:
    return ngettext(
        "… and {count} more that can't work: mend some first.",
        "… and {count} more that can't work: mend some first.",
        count,
    )


def _more_channels(count: int) -> str:
    return ngettext(
        "… and {count} more forums and channels: choose one below to see it.",
        "… and {count} more forums and channels: choose one below to see it.",
        count,
    )


def _with_rest(lines: Sequence[str], room: int, rest: Callable[[int], str]) -> list[str]:
    """As many lines as there is room for, and how many there are besides."""
    shown = fitting(lines, room)
    if len(shown) < len(lines):
        shown = fitting(lines, room - LEFT)
        shown.append(f"\n· {rest(len(lines) - len(shown))}")
    return shown


def naming(guild: discord.Guild) -> Naming:
    """The names of a server's channels and roles, as messages show them; nobody is pinged."""

    def role(id: int) -> str:
        found = guild.get_role(id)
        return f"@{on_one_line(found.name)}" if found else _("a role that is gone ({id})", id=id)

    return Naming(lambda id: f"<#{id}>", role)
