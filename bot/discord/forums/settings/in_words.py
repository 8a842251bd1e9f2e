"""A server's settings in words, and what somebody typed as settings."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args

from bot.discord.forums.sureness import QUOTED, confidence_of, level_name
from bot.discord.language.languages import NAMES as LANGUAGES
from bot.discord.language.translation import N_, _, number, quotation
from bot.discord.records.server_settings import ChannelSettings, Mode, ServerSettings
from bot.output.text import shortened
from retrieval.errors import Counted, FootnoteError

MODES: dict[str, str] = {
    "off": N_("off"),
    "sure": N_("when sure"),
    "mention": N_("on mention"),
}
NONE = N_("none")
# The choice of the language that Discord has for a server, as it is typed and in words.
AS_DISCORD, AS_DISCORD_SAYS = "discord", N_("as Discord says")
HOURS = re.compile(r"(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})")
# The most seconds of a pause or a cooldown, and answers or questions, that anybody may want.
MOST_SECONDS, MOST_ANSWERS, DAY = 3600, 1000, 24
# The digits of the longest of Discord's numbers. (Python reads no number of thousands of digits.)
LONGEST_ID = 20
# The settings that count something, rather than seconds.
COUNTS = ("hourly_cap", "daily_hand_offs")
LONGEST_TAG = 20


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of channels and roles: as numbers, unless something better is known."""

    channel: Callable[[int], str] = str
    role: Callable[[int], str] = str


def lines(settings: ServerSettings, naming: Naming = Naming()) -> Iterator[tuple[str, str]]:
    """Yield the settings, each as its name and its value in words."""
    yield from channel_lines(settings, naming)
    yield from server_lines(settings, naming)


def channel_lines(settings: ServerSettings, naming: Naming) -> Iterator[tuple[str, str]]:
    """Yield the forums and channels that something was chosen for, each with that."""
    for id, own in settings.channels.items():
        yield naming.channel(id), channel_value(own, settings.sureness)


def server_lines(settings: ServerSettings, naming: Naming) -> Iterator[tuple[str, str]]:
    """Yield the settings of the whole server."""
    for name, shown in NAMES.items():
        yield _(shown), value(name, getattr(settings, name), naming)


NAMES = {
    "sureness": N_("how sure"),
    "helper_role": N_("helper role"),
    "helper_channel": N_("helper channel"),
    "quiet_hours": N_("quiet hours"),
    "pause": N_("pause"),
    "cooldown": N_("cooldown"),
    "hourly_cap": N_("answers an hour"),
    "daily_hand_offs": N_("daily questions to helpers"),
    "answer_in_thread": N_("answers in threads"),
    "solved": N_("tag of what is solved"),
    "trusted_role": N_("role trusted with answers"),
    "similar_posts": N_("similar solved posts"),
    "digest": N_("weekly digest"),
    "language": N_("language"),
}


def channel_value(own: ChannelSettings, sureness: float) -> str:
    """The setting of a forum or channel in words."""
    if own.mode != "sure":
        return _(MODES[own.mode])
    level = level_name(sureness if own.sureness is None else own.sureness)
    return f"{_(MODES['sure'])} ({level})"


def value(name: str, chosen: Any, naming: Naming = Naming()) -> str:
    """The value of a setting in words."""
    if chosen is None:
        return _(NONE)
    if isinstance(chosen, bool):
        return _("on") if chosen else _("off")
    shown: dict[str, Callable[[Any], str]] = {
        "sureness": level_name,
        "helper_role": naming.role,
        "trusted_role": naming.role,
        "helper_channel": naming.channel,
        "quiet_hours": lambda hours: f"{hours[0]}–{hours[1]} UTC",
        "pause": lambda seconds: f"{seconds:g} s",
        "cooldown": lambda seconds: f"{seconds:g} s",
        "language": lambda code: LANGUAGES[code] if code else _(AS_DISCORD_SAYS),
    }
    return shown.get(name, str)(chosen)


def changes(before: ServerSettings, after: ServerSettings, naming: Naming = Naming()) -> list[str]:
    """The settings that are others than before, each in a line."""
    found = []
    for id in {**before.channels, **after.channels}:
        was, now = (channel_value(each.channel(id), each.sureness) for each in (before, after))
        if before.channel(id) != after.channel(id):
            found.append(f"{naming.channel(id)}: {was} → {now}")
    for name, shown in NAMES.items():
        was, now = (value(name, getattr(each, name), naming) for each in (before, after))
        if was != now:
            found.append(f"{_(shown)}: {was} → {now}")
    return found


def with_channel(settings: ServerSettings, id: int, own: ChannelSettings) -> ServerSettings:
    """The settings with another choice for a channel; what is as it comes is not kept."""
    channels = {**settings.channels, id: own}
    if own == ChannelSettings():
        del channels[id]
    return replace(settings, channels=channels)


def read_channel(text: str) -> tuple[int, ChannelSettings]:
    """A channel and its mode, from ID=MODE or ID=sure:LEVEL. Raises FootnoteError otherwise."""
    id, _, chosen = text.partition("=")
    mode, _, level = chosen.partition(":")
    if not _is_id(id.strip()) or mode not in get_args(Mode) or (level and mode != "sure"):
        raise FootnoteError(
            "{typed} is no channel's setting. Write the channel's number, =, and off, "
            "sure, mention or sure:LEVEL, as in 1042=sure:certain.",
            typed=_quoted(text),
        )
    known: Any = mode
    return int(id), ChannelSettings(known, confidence_of(level) if level else None)


def read_hours(text: str) -> tuple[int, int] | None:
    """The quiet hours that somebody typed, as in "22-7"; None for "none" or nothing."""
    if text.strip().casefold() in ("", NONE, _(NONE).casefold(), "off"):
        return None
    match = HOURS.fullmatch(text.strip().removesuffix("UTC").strip())
    begin, end = (int(match[1]), int(match[2])) if match else (DAY, DAY)
    if begin >= DAY or end > DAY or begin == end:
        raise FootnoteError(
            "{typed} are no quiet hours. Write two hours of UTC, as in 22-7, or {none}.",
            typed=_quoted(text),
            none=_(NONE),
        )
    return begin, end


def read_number(name: str, text: str) -> int:
    """The number of seconds or answers that somebody typed. Raises FootnoteError if it is none."""
    most = MOST_ANSWERS if name in COUNTS else MOST_SECONDS
    typed = text.strip().removesuffix("s").strip()
    if not _is_id(typed) or int(typed) > most:
        raise FootnoteError(
            "{typed} can't be the {setting}. Write a number from 0 to {most}.",
            typed=_quoted(text),
            setting=_(NAMES[name]),
            most=number(most),
        )
    return int(typed)


def read_tag(text: str) -> str:
    """The name of a tag that somebody typed. Raises FootnoteError where no tag can have it."""
    if not 0 < len(text.strip()) <= LONGEST_TAG:
        raise FootnoteError(
            Counted(
                "A tag's name has 1 character.",
                "A tag's name has 1 to {count} characters.",
                LONGEST_TAG,
            )
        )
    return text.strip()


def read_value(name: str, typed: str | bool) -> Any:
    """The value of a setting that somebody typed. Raises FootnoteError where it can't be that."""
    if isinstance(typed, bool):
        return typed
    if name in ("helper_role", "helper_channel", "trusted_role"):
        return _read_id(name, typed)
    readers: dict[str, Callable[[str], Any]] = {
        "sureness": confidence_of,
        "quiet_hours": read_hours,
        "solved": read_tag,
        "language": read_language,
    }
    if name in readers:
        return readers[name](typed)
    read = read_number(name, typed)
    return read if name in COUNTS else float(read)


def read_language(typed: str) -> str:
    """The language that somebody chose, "" for Discord's. Raises FootnoteError for any other."""
    if typed.strip().casefold() in ("", AS_DISCORD):
        return ""
    known = {code.casefold(): code for code in LANGUAGES}
    if (found := known.get(typed.strip().casefold())) is None:
        raise FootnoteError(
            "{typed} is no language that I speak. Take {languages}, or {discord}.",
            typed=_quoted(typed),
            languages=", ".join(LANGUAGES),
            discord=AS_DISCORD,
        )
    return found


def _read_id(name: str, typed: str) -> int | None:
    if typed.casefold() == NONE:
        return None
    if not _is_id(typed):
        raise FootnoteError(
            "{typed} is no {setting}. Write its number, or none.",
            typed=_quoted(typed),
            setting=_(NAMES[name]),
        )
    return int(typed)


def _quoted(typed: str) -> str:
    return quotation(shortened(typed, QUOTED))


def _is_id(typed: str) -> bool:
    return typed.isdecimal() and len(typed) <= LONGEST_ID
