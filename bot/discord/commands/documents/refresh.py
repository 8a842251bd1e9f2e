"""Read a server's documents again: files from their sources, messages from Discord itself."""

import re
from collections.abc import Sequence

import discord

from bot.discord.conversation.message_text import document_text
from bot.discord.libraries import Progress, ServerLibraries
from retrieval.reading.again import can_read_again
from retrieval.types import Added, DocumentInfo

from .uploads import from_message

JUMP = re.compile(r"https://(?:\w+\.)?discord\.com/channels/(\d+)/(\d+)/(\d+)")
UPLOADED = "{title} was uploaded: attach it again, under the same name, to replace it."
UNSHOWN = "Discord doesn't show me {title}: choose Add to Footnote in its menu to read it again."
LOST = "The message {title} can't be read any more. It is kept as it was."


def can_refresh(document: DocumentInfo) -> bool:
    """Tell whether a document can be read again: it is a link, a file or a message."""
    return can_read_again(document) or JUMP.fullmatch(document.source) is not None


async def refresh(
    client: discord.Client,
    libraries: ServerLibraries,
    guild: int,
    documents: Sequence[DocumentInfo],
    added_by: str,
    progress: Progress,
) -> list[Added]:
    """Read documents again; returns the outcome of each."""
    results: list[Added] = []
    for document in documents:
        if (jump := JUMP.fullmatch(document.source)) is not None:
            message = await _fetch(client, guild, *map(int, jump.groups()))
            if message is None or not document_text(message):
                why = LOST if message is None else UNSHOWN
                results.append(Added(document.source, error=why.format(title=document.title)))
            else:
                results += await libraries.add(guild, [from_message(message)], added_by, progress)
        elif can_read_again(document):
            results += await libraries.refresh(guild, [document.id], progress)
        else:
            results.append(Added(document.source, error=UPLOADED.format(title=document.title)))
    return results


async def _fetch(
    client: discord.Client, guild: int, where: int, channel: int, message: int
) -> discord.Message | None:
    if where != guild:  # a link says what it likes; only this server's messages are its own
        return None
    try:
        found = await client.fetch_channel(channel)
        if not isinstance(found, discord.abc.Messageable) or _elsewhere(found, guild):
            return None
        return await found.fetch_message(message)
    except (discord.NotFound, discord.Forbidden):
        return None


def _elsewhere(channel: discord.abc.Messageable, guild: int) -> bool:
    home = getattr(channel, "guild", None)
    return home is None or home.id != guild
