"""Read a server's documents again: files from their sources, messages from Discord itself.

All of them together are synced: folders, sites and archives that were added are looked at as a
whole, as by `footnote sync`.
"""

import re
from collections.abc import Sequence
from functools import partial

import discord

from bot.discord.conversation.message_text import document_text
from bot.discord.knowledge.added_messages import OPTED_OUT
from bot.discord.language.translation import N_, _, ngettext
from bot.discord.messages.document_list import outcome_lines
from bot.discord.records.golden_questions import (
    Comparison,
    comparing,
    if_readable,
    watched_in_server,
)
from bot.discord.services.libraries import Progress, library_of
from bot.discord.services.services import Interaction, Services, added_by, server_of
from retrieval.library import Library
from retrieval.reading.again import can_read_again
from retrieval.types import Added, DocumentInfo

from .add_message import NAME as ADD
from .changes import change_lines
from .jobs import show_job, show_lines
from .uploads import from_message

JUMP = re.compile(r"https://(?:\w+\.)?discord\.com/channels/(\d+)/(\d+)/(\d+)")
UPLOADED = N_("{title} was uploaded: attach it again, under the same name, to replace it.")
UNSHOWN = N_("Discord doesn't show me {title}: choose {menu} in its menu to read it again.")
LOST = N_("The message {title} can't be read any more. It is kept as it was.")
DOING = N_("Reading again")


async def refresh_one(services: Services, interaction: Interaction, document: DocumentInfo) -> None:
    """Read one document again, and show what came of that."""
    guild, who = server_of(interaction), added_by(interaction)

    async def job(progress: Progress) -> Sequence[Added]:
        if JUMP.fullmatch(document.source):
            return await _refresh_messages(
                interaction.client, services, guild, [document], who, progress
            )
        if can_read_again(document):
            return await services.libraries.refresh(document, progress)
        return [Added(document.source, error=_(UPLOADED, title=document.title))]

    await show_job(services, interaction, _(DOING), job)


async def refresh_all(
    services: Services, interaction: Interaction, documents: Sequence[DocumentInfo]
) -> None:
    """Make a server's documents what their sources hold now; tell what changed, in answers too.

    What can't be read again is counted.
    """
    messages = [document for document in documents if JUMP.fullmatch(document.source)]
    left = sum(not can_read_again(document) for document in documents) - len(messages)
    uploads = ngettext(
        "{count} uploaded: attach those again to replace them.",
        "{count} uploaded: attach those again to replace them.",
        left,
    )
    guild, who, client = server_of(interaction), added_by(interaction), interaction.client
    seen = services.sight.of(interaction, private=True)

    async def job(progress: Progress) -> list[str]:
        library, names = services.libraries.library, [library_of(guild), *seen]
        synced = await services.libraries.job(lambda: _sync(library, guild, names, progress))
        read = await _refresh_messages(client, services, guild, messages, who, progress)
        return [*change_lines(synced), *outcome_lines(read)]

    await show_lines(services, interaction, _(DOING), job, uploads if left else "")


def _sync(library: Library, guild: int, names: Sequence[str], progress: Progress) -> Comparison:
    """Make a server's library, and some collections of it, what their sources hold now, and compare
    answers before and after."""
    there = list(filter(library.has, names))
    if not there:
        return Comparison()
    watched = if_readable(lambda: watched_in_server(library, guild))
    with comparing(library, watched) as compared:
        for name in there:
            compared.changes += library.sync((), name, progress)
    return compared


async def _refresh_messages(
    client: discord.Client,
    services: Services,
    guild: int,
    documents: Sequence[DocumentInfo],
    added_by: str,
    progress: Progress,
) -> list[Added]:
    """Read messages again; returns the outcome of each."""
    results: list[Added] = []
    libraries, out = services.libraries, partial(services.privacy.opted_out, guild)
    kept = libraries.records.kept
    for document in documents:
        follows = await libraries.errand(partial(kept.by_document, document.id, guild))
        if follows is not None and follows.kind != "added":
            # It is followed: what it says in Discord it says here.
            results.append(Added(document.source, document, unchanged=True))
            continue
        jump = JUMP.fullmatch(document.source)
        message = await _fetch(client, guild, *map(int, jump.groups())) if jump else None
        if message is not None and out(message.author.id):
            results.append(Added(document.source, error=_(OPTED_OUT)))
        elif message is None or not document_text(message):
            why = LOST if message is None else UNSHOWN
            told = _(why, title=document.title, menu=_(ADD))
            results.append(Added(document.source, error=told))
        else:
            source, store = from_message(message, out), document.library
            results += await libraries.add(guild, [source], added_by, progress, store)
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
