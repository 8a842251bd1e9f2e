"""Slack's export of a channel: messages in threads, names for ids, without the marks of its markup.

It comes as lines of JSON, as the collection's layout puts them together.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.markdown.dialects import labelled

from .discord_export import answering, message_line

OPENING = '{"slack": '
# What people and programs say. All else that has a subtype, Slack says of itself.
SPOKEN = frozenset(
    (None, "bot_message", "me_message", "file_share", "thread_broadcast", "reply_broadcast")
)
NAMES = ("display_name", "real_name", "name")
CODE = re.compile(r"```(.*?)```|`([^`\n]+)`", re.S)
POINTED = re.compile(r"<([^<>|\n]{1,3000})(?:\|([^<>\n]{0,3000}))?>")
STRUCK = re.compile(r"(?<![\w~])~(?![\s~])[^~\n]{1,2000}(?<!\s)~(?![\w~])")
MARKED = re.compile(r"(?<![\w*_])([*_])(?![\s*_])([^*_\n]{1,2000})(?<!\s)\1(?![\w*_])")


def looks_like_slack(text: str) -> bool:
    """Return whether a text is a channel as the layout puts it together."""
    return text.startswith(OPENING)


def read_slack(text: str, gathering: Gathering) -> None:
    """Add the messages of a channel, each thread after the message that began it."""
    try:
        first, *rest = (json.loads(line) for line in text.split("\n"))
    except ValueError as error:
        raise errors.damaged() from error
    names, messages = _Names(), list[Mapping[str, Any]]()
    for line in rest:
        names.learn(_list(line.get("list")))
        messages += filter(None, map(_mapping, _list(line.get("day"))))
    gathering.title = f"#{first['slack']}"
    began = {_text(each.get("ts")): each for each in messages}
    for message in sorted(messages, key=lambda each: _order(each, began)):
        _add(message, began, names, gathering)


def _order(message: Mapping[str, Any], began: Mapping[str, Any]) -> tuple[float, float]:
    """By the time at which a message's thread began, then by its own."""
    own, thread = _text(message.get("ts")), _text(message.get("thread_ts"))
    return _seconds(thread if thread in began else own), _seconds(own)


def _add(
    message: Mapping[str, Any],
    began: Mapping[str, Mapping[str, Any]],
    names: "_Names",
    gathering: Gathering,
) -> None:
    said = "\n".join(filter(None, _pieces(message, names)))
    if not said or message.get("subtype") not in SPOKEN:
        return
    day, told = _day(_text(message.get("ts"))), ""
    thread = _text(message.get("thread_ts"))
    if thread in began and thread != _text(message.get("ts")):
        first = began[thread]
        told = answering(names.author(first), names.plain(_text(first.get("text"))))
    gathering.date = max(gathering.date, day)
    gathering.add_text(message_line(names.author(message), day, told, said))


def _pieces(message: Mapping[str, Any], names: "_Names") -> Iterator[str]:
    """The texts of a message: its own, and those that are attached."""
    yield names.plain(_text(message.get("text")))
    for attached in map(_mapping, _list(message.get("attachments"))):
        told = names.plain(_text(attached.get("text")))
        yield names.plain(_text(attached.get("pretext")))
        title = names.plain(_text(attached.get("title")))
        shared = attached.get("is_share") or attached.get("is_msg_unfurl")
        yield labelled(title) if told and title else title
        yield f"Forwarded: {told}" if told and shared else told
        for field in map(_mapping, _list(attached.get("fields"))):
            label = labelled(names.plain(_text(field.get("title"))))
            yield f"{label} {names.plain(_text(field.get('value')))}".strip()


class _Names:
    """The names of members and channels, by their ids."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def learn(self, listed: list[Any]) -> None:
        """Take in what a list says: members have a profile, channels a name."""
        for each in map(_mapping, listed):
            places = (_mapping(each.get("profile")), each)
            found = (_text(place.get(key)) for place in places for key in NAMES)
            if name := next(filter(None, found), ""):
                self._known[_text(each.get("id"))] = name

    def author(self, message: Mapping[str, Any]) -> str:
        """The name of a message's author, a person or a program."""
        profile = _mapping(message.get("user_profile")) or _mapping(message.get("bot_profile"))
        own = next(filter(None, (_text(profile.get(key)) for key in NAMES)), "")
        return self._known.get(_text(message.get("user"))) or _text(message.get("username")) or own

    def plain(self, text: str) -> str:
        """A text with names for ids, and without the marks of Slack's markup but for code."""
        pieces, at = list[str](), 0
        for code in CODE.finditer(text):
            pieces += [self._unmarked(text[at : code.start()]), code[1] or code[2] or ""]
            at = code.end()
        pieces.append(self._unmarked(text[at:]))
        return html.unescape("".join(pieces)).strip()

    def _unmarked(self, text: str) -> str:
        named = POINTED.sub(self._pointed, STRUCK.sub("", text))
        return MARKED.sub(r"\2", named)

    def _pointed(self, found: re.Match[str]) -> str:
        target, shown = found[1], found[2] or ""
        if target.startswith(("@", "#")):
            return target[0] + (self._known.get(target[1:]) or shown or "someone")
        if target.startswith("!"):
            return shown or f"@{target[1:].partition('^')[0]}"
        return shown or target.removeprefix("mailto:")


def _seconds(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        return 0.0


def _day(ts: str) -> str:
    try:
        return datetime.fromtimestamp(float(ts), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
