"""Make threads and messages documents, and keep each as Discord has it: what was deleted or edited
there is erased here, before anything takes its place."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any
from weakref import WeakValueDictionary

import discord

from bot.discord.conversation.message_text import LeftOut
from bot.discord.records.knowledge.answer_queue import Proposal
from bot.discord.records.knowledge.followed_channels import FollowedChannel
from bot.discord.records.knowledge.kept_threads import KeptThread, Kind
from bot.discord.services.services import Services, ServingBot
from retrieval.errors import FootnoteError

from .added_messages import ADDED, FILE, AddedMessages
from .kept_documents import KeptDocuments, places_of
from .open_channel import reason_not_to_take, store_for
from .solved_thread import (
    Document,
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
        self.documents = KeptDocuments(services)
        self.added = AddedMessages(bot, services, self.documents)
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
        before = await self.documents.of(thread.id)
        if self.why_not(thread, followed):
            await self.documents.forget(before)
            return Looked()
        looked = await look_at_thread(thread, await self._rules(thread, followed))
        document = looked.document
        if before is not None and before.tagged and document and not document.tagged:
            await self._reopened(before)
            return Looked()
        await self._keep(before, document, self._new(thread.id, thread, "thread", followed))
        if looked.likeliest is not None:
            await self._propose(thread, looked.likeliest)
        return looked

    async def _reopened(self, kept: KeptThread) -> None:
        """Erase what was solved and is so no more, whatever was marked in it, and remember that."""
        await self._errand(lambda: self.kept.unmark(kept.id))
        if kept.document:
            await self.documents.forget(kept)
            begun = replace(kept, document="", digest="")
            await self._errand(lambda: self.kept.begin(begun, {}))

    async def reopen(self, thread: int) -> None:
        """Forget that a thread was reopened, or its document removed: it is solved anew."""
        before = await self.documents.of(thread)
        if before is not None and not (before.document and await self.documents.found(before)):
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

    async def see_to_message(
        self,
        message: discord.Message,
        followed: FollowedChannel | None,
        kind: Kind = "message",
    ) -> None:
        """Make the document of a message what the message says now."""
        channel: Any = message.channel
        async with self._lock(message.id):
            before, document = await self.documents.of(message.id), None
            out = self.left_out(channel.guild.id)
            if not self.why_not(channel, followed) and not out(message.author.id):
                document = read_message(message, out)
            if before is not None and before.kind == "edited" and document is not None:
                if document.digest != before.digest:  # what a moderator made of it is another's now
                    await self.documents.forget(before)
                return
            since, new = self._events, self._new(message.id, channel, kind, followed)
            await self._keep(before, document, new)
            stale = self._is_stale(document, since)
        if stale:
            await self.look_again(new, followed)

    async def keep_edited(
        self,
        message: discord.Message,
        title: str,
        text: str,
        by: str,
        followed: FollowedChannel | None,
    ) -> None:
        """Make a document of an answer as a moderator edited it, under both names; it goes with
        what its author wrote. Raises FootnoteError where it can't be stored."""
        new = self._new(message.id, message.channel, "edited", followed)
        async with self._lock(message.id):
            out = self.left_out(new.server)
            document = read_edited(message, title, text, by, out)
            await self.documents.forget(await self.documents.of(message.id))
            await self._keep(None, document, new)

    async def look_again(self, kept: KeptThread, followed: FollowedChannel | None) -> None:
        """Compare what is kept with what stands in Discord, and put right what differs.

        Raises discord.HTTPException where Discord refuses; nothing is gone then.
        """
        if kept.kind in (ADDED, FILE):
            async with self._lock(kept.id):
                if (now := await self.documents.of(kept.id)) is not None:
                    await self.added.look_again(now)
            return
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
                await self.see_to_message(await where.fetch_message(kept.id), followed, kept.kind)
                return
        except (discord.NotFound, discord.Forbidden):
            pass
        await self.forget([kept])

    # Both

    async def forget(self, kept: Iterable[KeptThread]) -> None:
        """Erase documents, and forget what they were made of."""
        for one in kept:
            async with self._lock(one.id):
                await self.documents.forget(await self.documents.of(one.id))

    async def withhold(self, kept: KeptThread) -> None:
        """Erase a document until it can be seen what it should say."""
        async with self._lock(kept.id):
            if (now := await self.documents.of(kept.id)) is not None:
                await self.documents.withhold(now)

    async def _keep(
        self, before: KeptThread | None, document: Document | None, new: KeptThread
    ) -> None:
        if document is None:
            await self.documents.forget(before)
        else:
            await self.documents.keep(before, document, replace(new, tagged=document.tagged))

    def why_not(self, channel: Any, followed: FollowedChannel | None) -> FootnoteError | None:
        """The reason why nothing of a channel or a thread may become a document; None if it may."""
        return reason_not_to_take(channel, self.bot.intents, self.services.sight, followed)

    def _new(
        self, id: int, where: Any, kind: Kind, followed: FollowedChannel | None = None
    ) -> KeptThread:
        """A record to begin with of a place, in the store for its words."""
        store, server = store_for(where, self.services.sight, followed), where.guild.id
        return KeptThread(id, server, *places_of(where), kind, "", "", store)

    def _lock(self, id: int) -> asyncio.Lock:
        return self._locks.setdefault(id, asyncio.Lock())

    async def _errand(self, work: Any) -> Any:
        return await self.services.libraries.errand(work)
