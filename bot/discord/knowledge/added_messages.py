"""Messages that a moderator added, with their files: they follow what becomes of them in Discord.

What they say is added as it is, whoever sees their channel: the moderator was told. Without the
content of messages an edit is seen, but not what it says: then they go.
"""

import hashlib
import logging
from dataclasses import replace
from functools import cache, partial
from typing import Any, Final

import discord

from bot.discord.commands.documents.uploads import download, from_message
from bot.discord.conversation.message_text import (
    LeftOut,
    attachments_of,
    document_text,
    without_names,
)
from bot.discord.language.translation import N_
from bot.discord.records.knowledge.kept_threads import KeptThread
from bot.discord.services.libraries import Progress
from bot.discord.services.services import Services, ServingBot
from retrieval.errors import FootnoteError
from retrieval.reading.source import Source
from retrieval.types import Added

from .kept_documents import KeptDocuments, places_of
from .solved_thread import Document

log = logging.getLogger(__name__)

ADDED: Final = "added"
FILE: Final = "file"
NEVER_EDITED = "as it was written"
WITHOUT_NAMES = " without names: "
IS_THREAD = N_(
    "The post that this begins is among the documents already, with its answers: it follows what "
    "is said there."
)
OPTED_OUT = N_("Whoever wrote that doesn't want their words to be kept.")


class AddedMessages:
    """Adds messages, and keeps what was made of them as they are in Discord."""

    def __init__(self, bot: ServingBot, services: Services, documents: KeptDocuments) -> None:
        self.bot = bot
        self.services = services
        self.documents = documents
        self.record = services.libraries.records.kept

    async def add(
        self, message: discord.Message, by: str, store: str, progress: Progress
    ) -> list[Added]:
        """Add what a message says, and its files; returns what became of each.

        Raises FootnoteError where its author doesn't want that, or a file can't be had.
        """
        server, words = _server_of(message), document_text(message)
        if self.services.privacy.opted_out(server, message.author.id):
            raise FootnoteError(OPTED_OUT)
        new = KeptThread(message.id, server, *places_of(message.channel), ADDED, "", "", store)
        files = [(file, await download(file)) for file in attachments_of(message)]
        results = await self._add_words(message, new, by, progress) if words else []
        for file, source in files:
            added = await self._add(new, source, by, progress)
            await self._record_files(message, new, file, added)
            results += added
        return results

    async def _add_words(
        self, message: discord.Message, new: KeptThread, by: str, progress: Progress
    ) -> list[Added]:
        before = await self.documents.of(message.id)
        if before is not None and before.kind == "thread":
            raise FootnoteError(IS_THREAD)
        errand, authors = self.services.libraries.errand, {message.id: message.author.id}
        out = self._left_out(new.server)
        await errand(lambda: self.record.begin(new, authors))
        results = await self._add(new, from_message(message, out), by, progress)
        if (added := results[0].document) is None:
            await errand(lambda: self.record.forget(new.id))
        else:
            await errand(lambda: self.record.done(new.id, added.id, _digest(message, out)))
        return results

    async def _add(
        self, new: KeptThread, source: Source, by: str, progress: Progress
    ) -> list[Added]:
        return await self.services.libraries.add(new.server, [source], by, progress, new.store)

    async def _record_files(
        self,
        message: discord.Message,
        new: KeptThread,
        file: discord.Attachment,
        results: list[Added],
    ) -> None:
        """Record what a file became; what was there before is not this message's."""
        for added in results:
            if (document := added.document) is not None and not added.unchanged:
                digest = f"{file.id}:{document.version}"
                kept = replace(new, kind=FILE, document=document.id, digest=digest)
                await self.services.libraries.errand(
                    partial(self.record.add_file, kept, message.id, message.author.id)
                )

    async def look_again(self, kept: KeptThread) -> None:
        """Compare what is kept of a message with what it says now, and put right what differs.

        Raises discord.HTTPException where Discord refuses; nothing is gone then.
        """
        id: int | None = kept.id
        if kept.kind == FILE:
            id = await self.services.libraries.errand(lambda: self.record.message_of(kept.id))
        try:
            place: Any = self.bot.get_channel(kept.place)
            place = place or await self.bot.fetch_channel(kept.place)
            message: discord.Message = await place.fetch_message(id)
        except discord.NotFound:
            await self.documents.forget(kept)
        except discord.Forbidden:  # hidden from the bot: a moderator chose to keep it
            log.info("can't look again", extra={"server": kept.server, "id": id})
        else:
            await self._compare(kept, message)

    async def _compare(self, kept: KeptThread, message: discord.Message) -> None:
        if self.services.privacy.opted_out(kept.server, message.author.id):
            await self.documents.forget(kept)
        elif kept.kind == FILE:
            files = {str(file.id) for file in attachments_of(message)}
            if self.bot.intents.message_content and kept.digest.partition(":")[0] not in files:
                await self.documents.forget(kept)
        else:
            await self._compare_words(kept, message)

    async def _compare_words(self, kept: KeptThread, message: discord.Message) -> None:
        out = self._left_out(kept.server)
        if not document_text(message):
            if not kept.stands or _edit(kept.digest) != _edit(_digest(message, out)):
                await self.documents.forget(kept)
        elif not kept.stands or kept.digest != _digest(message, out):
            authors = {message.id: message.author.id}
            document = Document(from_message(message, out), _digest(message, out), authors)
            await self.documents.keep(kept, document, kept)

    def _left_out(self, server: int) -> LeftOut:
        return cache(partial(self.services.privacy.opted_out, server))


def _digest(message: discord.Message, left_out: LeftOut) -> str:
    """The time of the last edit, which is told whether or not the words are, and how the words go
    without the names of those who are left out, if there are any."""
    edit = message.edited_at.isoformat() if message.edited_at is not None else NEVER_EDITED
    text = document_text(message)
    if (bare := without_names(text, message, left_out)) == text:
        return edit
    return f"{edit}{WITHOUT_NAMES}{hashlib.sha256(bare.encode()).hexdigest()}"


def _edit(digest: str) -> str:
    return digest.partition(WITHOUT_NAMES)[0]


def _server_of(message: discord.Message) -> int:
    assert message.guild is not None
    return message.guild.id
