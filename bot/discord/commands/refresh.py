"""Reading a server's documents again: files from where they lie, messages from Discord itself."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from retrieval.reading.source import can_read_again
from retrieval.types import Added, DocumentInfo

from .jobs import Progress
from .uploads import from_message

if TYPE_CHECKING:
    from bot.discord.client import Footnote

JUMP = re.compile(r"https://(?:\w+\.)?discord\.com/channels/(\d+)/(\d+)/(\d+)")
UPLOADED = "{title} was uploaded: attach it again, under the same name, to replace it."
LOST = "The message {title} can't be read any more. It is kept as it was."


def can_refresh(document: DocumentInfo) -> bool:
    """Whether there is a place to read it from once more."""
    return can_read_again(document) or JUMP.fullmatch(document.source) is not None


async def refresh(
    bot: "Footnote",
    guild: int,
    documents: Sequence[DocumentInfo],
    added_by: str,
    progress: Progress,
) -> list[Added]:
    """Reads documents again, and says what became of each."""
    results: list[Added] = []
    for document in documents:
        if (jump := JUMP.fullmatch(document.source)) is not None:
            results += await _message(bot, guild, document, jump, added_by, progress)
        elif can_read_again(document):
            results += await bot.libraries.refresh(guild, [document.id], progress)
        else:
            error = UPLOADED.format(title=document.title)
            results.append(Added(document.source, error=error))
    return results


async def _message(
    bot: "Footnote",
    guild: int,
    document: DocumentInfo,
    jump: re.Match[str],
    added_by: str,
    progress: Progress,
) -> list[Added]:
    message = await _fetch(bot, guild, *map(int, jump.groups()))
    if message is None:
        return [Added(document.source, error=LOST.format(title=document.title))]
    return await bot.libraries.add(guild, [from_message(message)], added_by, progress)


async def _fetch(
    bot: "Footnote", guild: int, where: int, channel: int, message: int
) -> discord.Message | None:
    if where != guild:  # a link says what it likes; only this server's messages are its own
        return None
    try:
        found = await bot.fetch_channel(channel)
        if not isinstance(found, discord.abc.Messageable) or _elsewhere(found, guild):
            return None
        return await found.fetch_message(message)
    except (discord.NotFound, discord.Forbidden):
        return None


def _elsewhere(channel: discord.abc.Messageable, guild: int) -> bool:
    home = getattr(channel, "guild", None)
    return home is None or home.id != guild
