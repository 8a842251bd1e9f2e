"""DiscordChatExporter's pages: each message with its author and day, as in its other forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.data.discord_export import CHANNELS, answering, message_line
from retrieval.reading.formats.plain.data.shown_dates import ShownDates
from retrieval.reading.formats.plain.markdown.dialects import labelled

from .unseen import STRUCK

CHANNEL = re.compile(r"\[(\d{1,25})\]")
ICON = re.compile(r"/icons/(\d{1,25})/")
BLOCKS = ("div", "p", "h1", "h2", "h3", "ul", "ol", "blockquote")
PICTURE = "Image attachment"  # the caption of one that has none


@dataclass(frozen=True, slots=True)
class _Message:
    """A message; `shown` is its time as the page has it, `answers` who and what it replies to."""

    id: str
    author: str
    shown: str
    answers: tuple[str, str]
    said: str


def is_discord_page(tree: Any) -> bool:
    """Return whether a page is an export of a channel."""
    return bool(_all(tree, "chatlog") and _all(tree, "chatlog__message-group"))


def read_discord_page(tree: Any, gathering: Gathering) -> None:
    """Add the messages of a channel, and its name."""
    server, *channel = [_words(entry) for entry in _all(tree, "preamble__entry")][:2] or [""]
    gathering.title = " › ".join(filter(None, (server, *channel)))
    messages, channel_link = [*_messages(tree)], _channel_link(tree, gathering.file)
    dates = ShownDates((message.shown, message.id) for message in messages)
    for message in messages:
        if message.said:
            day = dates.day(message.shown)
            gathering.date = max(gathering.date, day)
            told = answering(*message.answers)
            if channel_link and message.id.isdigit():
                gathering.add_link(f"{channel_link}/{message.id}")
            gathering.add_text(message_line(message.author, day, told, message.said))


def _channel_link(tree: Any, file: str) -> str:
    """The address of the channel, whose number stands in the file's name and whose server's in that
    of its icon; "" where it can't be told."""
    channel = CHANNEL.search(file)
    icons = (icon.get("src") or "" for icon in _all(tree, "preamble__guild-icon"))
    server = next((found[1] for icon in icons if (found := ICON.search(icon))), "")
    return f"{CHANNELS}/{server}/{channel[1]}" if channel and server else ""


def _messages(tree: Any) -> Iterator[_Message]:
    for group in _all(tree, "chatlog__message-group"):
        author = _first(group, "chatlog__author")
        latest = _Message("", author, _first(group, "chatlog__timestamp"), ("", ""), "")
        for container in _all(group, "chatlog__message-container"):
            latest = _message(container, latest)
            yield latest


def _message(container: Any, before: _Message) -> _Message:
    """A message, whose author is that of the one before unless it names another."""
    short = _all(container, "chatlog__short-timestamp")
    shown = _first(container, "chatlog__timestamp") or (short[0].get("title") if short else "")
    reply = _all(container, "chatlog__reply")
    return replace(
        before,
        id=container.get("data-message-id") or (container.get("id") or "").rpartition("-")[2],
        author=_first(container, "chatlog__author") or before.author,
        shown=shown or before.shown,
        answers=_answered(reply[0]) if reply else ("", ""),
        said="\n".join(filter(None, _pieces(container))),
    )


def _answered(reply: Any) -> tuple[str, str]:
    linked = _all(reply, "chatlog__reply-link")
    return _first(reply, "chatlog__reply-author"), " ".join(
        _text(linked[0]).split()
    ) if linked else ""


def _pieces(container: Any) -> Iterator[str]:
    """The texts of a message: its own, what it forwards, its embeds and captions."""
    for content in _all(container, "chatlog__content"):
        preserved = _all(content, "chatlog__markdown-preserve")
        yield _text(preserved[0] if preserved else content)
    for forwarded in _all(container, "chatlog__forwarded"):
        inside = "\n".join(map(_text, _all(forwarded, "chatlog__forwarded-content")))
        yield f"Forwarded: {inside}" if inside else ""
    for picture in _all(container, "chatlog__attachment-media"):
        caption = (picture.get("alt") or "").strip()
        yield "" if caption == PICTURE else caption
    for embed in _all(container, "chatlog__embed"):
        yield from _embed(embed)


def _embed(embed: Any) -> Iterator[str]:
    told = [_text(each) for each in _all(embed, "chatlog__embed-description")]
    names = [_text(each) for each in _all(embed, "chatlog__embed-field-name")]
    values = [_text(each) for each in _all(embed, "chatlog__embed-field-value")]
    for title in map(_text, _all(embed, "chatlog__embed-title")):
        yield labelled(title) if told or names else title
    yield from told
    for name, value in zip(names, values, strict=False):
        yield f"{labelled(name)} {value}".strip()
    yield from map(_text, _all(embed, "chatlog__embed-footer-text"))


def _text(element: Any) -> str:
    """The text of a message with its lines, without what is struck out."""
    lines = "".join(_runs(element)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _runs(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _child(child)
        yield child.tail or ""


def _child(child: Any) -> Iterator[str]:
    names = (child.get("class") or "").split()
    if child.tag in STRUCK or "chatlog__edited-timestamp" in names:
        return
    if child.tag == "img":
        name = child.get("alt") or ""
        yield f":{name}:" if name.isascii() and name.strip(":") else name
    elif child.tag == "br":
        yield "\n"
    elif child.tag in BLOCKS or "chatlog__markdown-pre--multiline" in names:
        yield from ("\n", *_runs(child), "\n")
    else:
        yield "- " if child.tag == "li" else ""
        yield from _runs(child)
        yield "\n" if child.tag == "li" else ""


def _all(element: Any, name: str) -> list[Any]:
    """The elements below one that have a class, in their order."""
    found: list[Any] = element.xpath(
        ".//*[contains(concat(' ', normalize-space(@class), ' '), $name)]", name=f" {name} "
    )
    return found


def _first(element: Any, name: str) -> str:
    found = _all(element, name)
    return _words(found[0]) if found else ""


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
