"""Make threads and messages documents, and keep each as Discord has it: what was deleted or edited
there is erased here, before anything takes its place."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any
from weakref import WeakValueDictionary

import discord

from bot.discord.records.knowledge.answer_queue import Proposal
from bot.discord.records.knowledge.followed_channels import FollowedChannel
from bot.discord.records.knowledge.kept_threads import KeptThread, Kind
from bot.discord.services.libraries import library_of
from bot.discord.services.services import Services, ServingBot
from retrieval.errors import FootnoteError
from retrieval.types import DocumentInfo

from .open_channel import reason_not_to_take
from .privacy.forget import erase_documents
from .solved_thread import (
    Document,
    LeftOut,
    Looked,
    Rules,
    look_at_thread,
    read_edited,
    read_message,
)

log = logging.getLogger(__name__)

# The most messages of which it is remembered that they were edited or deleted.
REMEMBERED = 10_000


class Keeper:
    """Keeps the documents that threads and messages became."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services
        self.kept = services.libraries.records.kept
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        # The messages that were edited or deleted lately, each with the number of that event.
        self._touched: dict[int, int] = {}
        self._events = 0

    def note(self, messages: Sequence[int]) -> None:
        """Note that messages were edited or deleted: they may be just being read."""
        self._events += 1
        self._touched |= dict.fromkeys(messages, self._events)
        while len(self._touched) > REMEMBERED:
            del self._touched[next(iter(self._touched))]

    def _is_stale(self, document: Document | None, since: int) -> bool:
        """Tell whether messages of a document were edited or deleted since it was read."""
        messages = document.authors if document is not None else ()
        return any(self._touched.get(message, 0) > since for message in messages)

    # Threads

    async def see_to_thread(
        self, thread: discord.Thread, followed: FollowedChannel | None
    ) -> Looked:
        """Make the document of a thread what the thread says now, or erase it where it has no
        answer any more; what is only proposed goes into the queue.

        Raises discord.HTTPException where Discord refuses, and FootnoteError where it can't be
        stored.
        """
        async with self._lock(thread.id):
            while True:
                since = self._events
                looked = await self._see_to_thread(thread, followed)
                if not self._is_stale(looked.document, since):
                    return looked

    async def _see_to_thread(
        self, thread: discord.Thread, followed: FollowedChannel | None
    ) -> Looked:
        before = await self._errand(lambda: self.kept.of(thread.id))
        if reason_not_to_take(thread, self.bot.intents):
            await self._forget(before)
            return Looked()
        looked = await look_at_thread(thread, await self._rules(thread, followed))
        document = looked.document
        if before is not None and before.tagged and document and not document.tagged:
            await self._reopened(before)
            return Looked()
        await self._keep(before, document, thread.id, thread)
        if looked.likeliest is not None:
            await self._propose(thread, looked.likeliest)
        return looked

    async def _reopened(self, kept: KeptThread) -> None:
        """Erase what was solved and is so no more, whatever was marked in it, and remember that."""
        await self._errand(lambda: self.kept.unmark(kept.id))
        if kept.document:
            await self._forget(kept)
            await self._errand(lambda: self.kept.begin(kept, {}))

    async def reopen(self, thread: int) -> None:
        """Forget that a thread was reopened, or its document removed: it is solved anew."""
        before = await self._errand(lambda: self.kept.of(thread))
        if before is not None and not (before.document and await self._found(before)):
            await self._errand(lambda: self.kept.forget(thread))

    async def _rules(self, thread: discord.Thread, followed: FollowedChannel | None) -> Rules:
        server = thread.guild.id
        marks = await self._errand(lambda: self.kept.marks(thread.id))
        settings = await self._errand(lambda: self.services.settings.of(server))
        every = followed is not None and followed.take == "all"
        counting = {mark.message for mark in marks if mark.trusted or every}
        assert self.bot.user is not None
        return Rules(
            counting,
            {mark.message for mark in marks},
            self.left_out(server),
            settings,
            self.bot.user.id,
        )

    def left_out(self, server: int) -> LeftOut:
        """Tell by a member's number whether that member opted out in a server."""
        return cache(partial(self.services.privacy.opted_out, server))

    async def _propose(self, thread: discord.Thread, message: discord.Message) -> None:
        queue = self.services.libraries.records.queue
        proposal = Proposal(
            thread.guild.id, thread.parent_id, thread.id, message.id, member=0, how="tag"
        )
        await self._errand(lambda: queue.propose(proposal))

    # Messages

    async def see_to_message(self, message: discord.Message, kind: Kind = "message") -> None:
        """Make the document of a message what the message says now."""
        channel: Any = message.channel
        async with self._lock(message.id):
            before = await self._errand(lambda: self.kept.of(message.id))
            document = None
            out = self.left_out(channel.guild.id)
            if not reason_not_to_take(channel, self.bot.intents) and not out(message.author.id):
                document = read_message(message)
            if before is not None and before.kind == "edited" and document is not None:
                if document.digest != before.digest:  # what a moderator made of it is another's now
                    await self._forget(before)
                return
            since = self._events
            await self._keep(before, document, message.id, channel, kind)
            stale = self._is_stale(document, since)
        if stale:
            await self.look_again(
                KeptThread(message.id, channel.guild.id, *_places(channel), kind, "", ""), None
            )

    async def keep_edited(self, message: discord.Message, title: str, text: str, by: str) -> None:
        """Make a document of an answer as a moderator edited it, under both names; it goes with
        what its author wrote. Raises FootnoteError where it can't be stored."""
        async with self._lock(message.id):
            before = await self._errand(lambda: self.kept.of(message.id))
            document = read_edited(message, title, text, by)
            await self._forget(before)
            await self._keep(None, document, message.id, message.channel, "edited")

    async def look_again(self, kept: KeptThread, followed: FollowedChannel | None) -> None:
        """Compare what is kept with what stands in Discord, and put right what differs.

        Raises discord.HTTPException where Discord refuses; nothing is gone then.
        """
        try:
            found: Any
            if kept.kind == "thread":
                found = await self.bot.fetch_channel(kept.id)
                if isinstance(found, discord.Thread) and found.guild.id == kept.server:
                    await self.see_to_thread(found, followed)
                    return
            else:
                where: Any = self.bot.get_channel(kept.place)
                where = where or await self.bot.fetch_channel(kept.place)
                await self.see_to_message(await where.fetch_message(kept.id), kept.kind)
                return
        except (discord.NotFound, discord.Forbidden):
            pass
        await self.forget([kept])

    # Both

    async def _keep(
        self,
        before: KeptThread | None,
        document: Document | None,
        id: int,
        where: Any,
        kind: Kind = "thread",
    ) -> None:
        if document is None:
            await self._forget(before)
            return
        if before is not None and before.document and before.digest == document.digest:
            await self._errand(lambda: self.kept.tag(id, document.tagged))
            return
        store = None
        if before is not None and before.document:
            found = await self._found(before)
            if not found:
                return  # a moderator removed it
            store = found[0].library  # into which a moderator may have moved it
        await self._forget(before)
        server, (channel, place) = where.guild.id, _places(where)
        new = KeptThread(id, server, channel, place, kind, "", "", "", document.tagged)
        await self._errand(lambda: self.kept.begin(new, document.authors))
        added = await self._added(server, document, store)
        await self._errand(lambda: self.kept.done(id, added.id, document.digest))
        log.info("kept", extra={"server": server, "channel": channel, "id": id})

    async def _added(self, server: int, document: Document, store: str | None) -> DocumentInfo:
        libraries = self.services.libraries
        progress = libraries.begin()
        [added, *_] = await libraries.add(server, [document.source], "discord", progress, store)
        if added.document is None:
            raise FootnoteError(added.error or "That could not be added.")
        return added.document

    async def forget(self, kept: Iterable[KeptThread]) -> None:
        """Erase documents, and forget what they were made of."""
        for one in kept:
            async with self._lock(one.id):
                await self._forget(await self._errand(lambda one=one: self.kept.of(one.id)))

    async def _forget(self, kept: KeptThread | None) -> None:
        if kept is None:
            return
        ids, libraries = [each.id for each in await self._found(kept)], self.services.libraries
        await libraries.job(lambda: erase_documents(libraries.library, kept.server, ids))
        await self._errand(lambda: self.kept.forget(kept.id))
        log.info("forgotten", extra={"server": kept.server, "id": kept.id})

    async def _found(self, kept: KeptThread) -> list[DocumentInfo]:
        """The document of a thread or message, in whichever collection: what was begun and not
        noted down too, and none where a moderator removed it."""
        known, name = self.services.libraries.library.collections, library_of(kept.server)
        documents: list[DocumentInfo] = await self._errand(lambda: [*known.documents(name)])
        if kept.document:
            return [each for each in documents if each.id == kept.document]
        return [each for each in documents if each.source.endswith(f"/{kept.id}")]

    def _lock(self, id: int) -> asyncio.Lock:
        return self._locks.setdefault(id, asyncio.Lock())

    async def _errand(self, work: Any) -> Any:
        return await self.services.libraries.errand(work)


def _places(where: Any) -> tuple[int, int]:
    """The channel or forum of a place, and the place itself."""
    return (where.parent_id if isinstance(where, discord.Thread) else where.id), where.id
