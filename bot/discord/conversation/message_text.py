"""The words of a message: what its author typed, embeds, and messages forwarded in it."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import discord

from bot.discord.records.knowledge.privacy_record import SOMEBODY

# What Discord makes of an address in a message: its author didn't write it.
PREVIEWS = frozenset({"link", "article", "image", "video", "gifv"})
ADDRESS = re.compile(r"<?https?://\S+>?")
MENTION = re.compile(r"<@!?(\d+)>")

# Tells by a member's number whether that member is left out of what is kept.
LeftOut = Callable[[int], bool]


def question_text(message: discord.Message) -> str:
    """The words that ask something: of a preview only where there is nothing but its address."""
    written = _joined(_written(message, message.content, previews=False))
    if ADDRESS.sub("", written).strip():
        return written
    return _joined(_written(message, message.content, previews=True))


def document_text(message: discord.Message) -> str:
    """All words of a message, with the names of those it mentions, as a document keeps them."""
    return _joined(_written(message, message.clean_content, previews=True))


def said_text(message: discord.Message) -> str:
    """The words that a message's author wrote, with the names of those that it mentions."""
    return _joined(_written(message, message.clean_content, previews=False))


def without_names(text: str, message: discord.Message, left_out: LeftOut) -> str:
    """Words of a message without the names and numbers of those who are left out."""
    for member in message.mentions:
        if left_out(member.id):
            text = text.replace(f"@{member.display_name}", SOMEBODY)
    return MENTION.sub(lambda said: SOMEBODY if left_out(int(said[1])) else said[0], text)


def attachments_of(message: discord.Message) -> list[discord.Attachment]:
    """The files of a message, and of those forwarded in it."""
    forwarded = [file for each in message.message_snapshots for file in each.attachments]
    return [*message.attachments, *forwarded]


def _written(message: discord.Message, own: str, previews: bool) -> Iterator[str]:
    yield own
    yield from _in_components(message.components)
    yield from _in_embeds(message.embeds, previews)
    for forwarded in message.message_snapshots:
        yield forwarded.content
        yield from _in_components(forwarded.components)
        yield from _in_embeds(forwarded.embeds, previews)


def _in_embeds(embeds: Sequence[discord.Embed], previews: bool) -> Iterator[str]:
    for embed in embeds:
        if previews or embed.type not in PREVIEWS:
            yield from filter(None, (embed.title, embed.description))
            yield from (f"{field.name}: {field.value}" for field in embed.fields)


def _in_components(components: Sequence[Any]) -> Iterator[str]:
    """Yield the texts that a message shows in place of content, wherever they stand in it."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _in_components(getattr(component, "children", ()))


def _joined(parts: Iterator[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part and part.strip())
