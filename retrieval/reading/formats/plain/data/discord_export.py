"""DiscordChatExporter's JSON: messages with embeds, forwards and replies, by names, not ids."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from retrieval.reading.formats.plain.markdown.dialects import labelled

PING = re.compile(r"<(?P<kind>@[!&]?|#)(?P<id>\d{1,25})>")
EMOJI = re.compile(r"<a?:(\w{1,40}):\d{1,25}>")
TIME = re.compile(r"<t:\d{1,15}(?::\w)?>")
# What Discord says of itself: joining, pinning, boosting.
SPOKEN = frozenset(
    ("Default", "Reply", "ThreadStarterMessage", "ChatInputCommand", "0", "19", "20")
)
CHANNELS = "https://discord.com/channels"
MOST_QUOTED = 120  # characters of what a reply answers
DAY = len("2024-05-01")


def as_exported(value: object) -> list[tuple[str, str]] | None:
    """The messages of an export by DiscordChatExporter, each a text and its address, or "".

    None for anything else.
    """
    export = mapping(value)
    messages = messages_of(export)
    if messages is None:
        return None
    names = names_of(messages)
    texts = {_text(each.get("id")): each for each in messages}
    said = ((_message(each, texts, names), each) for each in messages)
    return [(text, address_of(export, each)) for text, each in said if text]


def messages_of(export: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The messages of an export; None for anything else."""
    messages = export.get("messages")
    if not isinstance(messages, list) or not ("guild" in export or "channel" in export):
        return None
    found = [mapping(each) for each in messages]
    return found if all("content" in each and "author" in each for each in found) else None


def is_said(message: Mapping[str, Any]) -> bool:
    """Tell whether somebody says something by a message."""
    return message.get("type") is None or _text(message["type"]) in SPOKEN


def words_of(message: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """All that a message says."""
    return "\n".join(filter(None, _pieces(message, names)))


def author_of(message: Mapping[str, Any]) -> str:
    """The name of whoever wrote a message."""
    author = mapping(message.get("author"))
    return _text(author.get("nickname")) or _text(author.get("name"))


def address_of(export: Mapping[str, Any], message: Mapping[str, Any]) -> str:
    """The address of a message, "" where its numbers aren't known."""
    server, channel = mapping(export.get("guild")), mapping(export.get("channel"))
    return _address(server.get("id"), channel.get("id"), message.get("id"))


def day_of(message: Mapping[str, Any]) -> str:
    """The day of a message, as ISO 8601 has it."""
    return _text(message.get("timestamp"))[:DAY]


def _address(*numbers: Any) -> str:
    """The address of a message, by the numbers of its server, its channel and itself."""
    # Outside servers, the server's number is 0.
    server, *inside = map(_text, numbers)
    whole = ["@me" if server == "0" else server, *inside]
    known = all(number == "@me" or number.isdigit() for number in whole)
    return "/".join((CHANNELS, *whole)) if known else ""


def names_of(messages: list[Mapping[str, Any]]) -> dict[str, str]:
    """The names of members, by their ids."""
    names: dict[str, str] = {}
    for message in messages:
        people = [message.get("author"), *_list(message.get("mentions"))]
        for person in map(mapping, people):
            if name := _text(person.get("nickname")) or _text(person.get("name")):
                names.setdefault(_text(person.get("id")), name)
    return names


def _message(
    message: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]
) -> str:
    said = words_of(message, names) if is_said(message) else ""
    if not said:
        return ""
    answered = texts.get(_text(mapping(message.get("reference")).get("messageId")))
    answers = _answered(answered, names)
    return message_line(author_of(message), day_of(message), answers, said)


def _answered(answered: Mapping[str, Any] | None, names: Mapping[str, str]) -> str:
    """Who and what a reply answers, if that is in the export."""
    said = _plain(_text(answered.get("content")), names) if answered else ""
    return answering(author_of(answered) if answered else "", said)


def message_line(author: str, day: str, answers: str, said: str) -> str:
    """A message as it is stored: "Ada, 2026-05-01 (to Bo: “Are you in?”): Yes."""
    told = ", ".join(filter(None, (author, day)))
    return f"{told}{answers}: {said}"


def answering(author: str, said: str) -> str:
    """Words that say who and what a reply answers; "" where that isn't known."""
    quoted = " ".join(said.split())
    cut = quoted if len(quoted) <= MOST_QUOTED else f"{quoted[:MOST_QUOTED].rstrip()}…"
    return f" (to {author}: “{cut}”)" if author and cut else ""


def _pieces(message: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """The texts of a message: its own, those of embeds, and what it forwards."""
    yield _plain(_text(message.get("content")), names)
    for embed in map(mapping, _list(message.get("embeds"))):
        yield from _embed(embed, names)
    forwarded = mapping(message.get("forwardedMessage"))
    if forwarded:
        inside = "\n".join(filter(None, _pieces(forwarded, names)))
        yield f"Forwarded: {inside}" if inside else ""
    for snapshot in map(mapping, _list(message.get("message_snapshots"))):
        inside = "\n".join(filter(None, _pieces(mapping(snapshot.get("message")), names)))
        yield f"Forwarded: {inside}" if inside else ""
    poll = mapping(message.get("poll"))
    yield _plain(_text(mapping(poll.get("question")).get("text")), names)
    for answer in map(mapping, _list(poll.get("answers"))):
        answered = _text(mapping(answer.get("poll_media")).get("text")) or _text(answer.get("text"))
        yield f"- {answered}" if answered else ""


def _embed(embed: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    title, told = _text(embed.get("title")), _plain(_text(embed.get("description")), names)
    yield labelled(_plain(title, names)) if told or embed.get("fields") else _plain(title, names)
    yield told
    for field in map(mapping, _list(embed.get("fields"))):
        name = labelled(_plain(_text(field.get("name")), names))
        yield f"{name} {_plain(_text(field.get('value')), names)}".strip()
    yield _plain(_text(mapping(embed.get("footer")).get("text")), names)


def _plain(text: str, names: Mapping[str, str]) -> str:
    """A text with names for ids, and emoji as their names."""

    def named(ping: re.Match[str]) -> str:
        if ping["kind"] in ("@", "@!"):
            return f"@{names.get(ping['id'], 'someone')}"
        return "#a-channel" if ping["kind"] == "#" else "@a-role"

    return EMOJI.sub(r":\1:", TIME.sub("", PING.sub(named, text))).strip()


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
