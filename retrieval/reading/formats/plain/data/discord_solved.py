"""A thread in an export by DiscordChatExporter in which answers are ticked: it is read like one
that the bot in Discord follows, so that what was ticked is quoted and nothing else.

An export doesn't tell who put a tick there: whoever adds it vouches for that.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError

from .discord_export import (
    address_of,
    author_of,
    day_of,
    is_said,
    mapping,
    messages_of,
    names_of,
    words_of,
)
from .json_lines import parse_json
from .thread import Said, Thread, add_thread

# How kinds of channels are called that are threads, posts of forums among them.
THREAD = "Thread"
TICK = "✅"
# As it stands in a file, in ASCII or not.
TICK_WRITTEN = re.compile(r"✅|\\u2705")


def looks_like_discord_solved(text: str) -> bool:
    """Return whether a text may be such an export: it has a tick, and the names of its parts."""
    begins = text[:1000].lstrip().startswith("{") and '"messages"' in text
    return begins and TICK_WRITTEN.search(text) is not None


def read_discord_solved(text: str, gathering: Gathering) -> None:
    """Add the thread in an export. Raises OtherFormatError where nothing is ticked in it."""
    solved = as_solved(parse_json(text))
    if solved is None:
        raise OtherFormatError
    gathering.author, gathering.date = solved.answers[0].author, solved.answers[0].date
    add_thread(solved, gathering)


def as_solved(value: object) -> Thread | None:
    """The thread of an export, with its answers; None where nothing is ticked in it."""
    export = mapping(value)
    channel, messages = mapping(export.get("channel")), messages_of(export)
    if messages is None or not str(channel.get("type", "")).endswith(THREAD):
        return None
    names = names_of(messages)
    said = [
        (_said(export, each, names), _is_ticked(each))
        for each in messages
        if is_said(each) and words_of(each, names)
    ]
    if not any(ticked for _, ticked in said[1:]):
        return None
    (question, _), *others = said
    answers = tuple(each for each, ticked in others if ticked)
    rest = tuple(each for each, ticked in others if not ticked)
    return Thread(str(channel.get("name") or ""), question, answers, rest)


def _is_ticked(message: Mapping[str, Any]) -> bool:
    reactions = message.get("reactions")
    emoji = (mapping(mapping(each).get("emoji")) for each in reactions or ())
    return any(one.get("name") == TICK for one in emoji)


def _said(export: Mapping[str, Any], message: Mapping[str, Any], names: Mapping[str, str]) -> Said:
    day, words = day_of(message), words_of(message, names)
    return Said(author_of(message), _in_words(day), day, address_of(export, message), words)


def _in_words(day: str) -> str:
    try:
        return f"{date.fromisoformat(day):%-d %B %Y}"
    except ValueError:
        return day
