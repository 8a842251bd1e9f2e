"""Read the history of a followed channel, and go on where reading stopped, however it did.

Only one request is under way at a time, and how far it came is on record after each thread. What
was read before is recognised, so that nothing comes in twice and nothing is left out.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import discord

from bot.discord.conversation.history import ORDINARY
from bot.discord.records.knowledge.followed_channels import FollowedChannel
from bot.discord.services.services import Services, ServingBot

from .keeper import Keeper
from .solved_thread import has_tick

log = logging.getLogger(__name__)

# Messages of an announcement channel after which it is noted how far it was read.
NOTED_EVERY = 20
# Discord gives threads that were archived before a moment: this much later includes that moment.
INCLUDING = timedelta(milliseconds=1)
# Archived threads of a channel that are looked through for ticks at a start, the latest.
LOOKED_THROUGH = 1000
WITH_THREADS = (discord.ForumChannel, discord.TextChannel)


class History:
    """Reads the history of channels."""

    def __init__(self, bot: ServingBot, services: Services, keeper: Keeper) -> None:
        self.bot = bot
        self.services = services
        self.keeper = keeper
        self.record = services.libraries.records.followed

    async def read(self, channel: Any, followed: FollowedChannel) -> None:
        """Read what was not read yet of a channel's history, and what came since it was.

        Raises discord.HTTPException where Discord refuses; it goes on from there the next time.
        """
        if channel.type is discord.ChannelType.news and followed.take == "all":
            await self._read_messages(channel, followed)
            return
        if channel.type in (discord.ChannelType.text, discord.ChannelType.news):
            await self.read_pins(channel, followed)
        began = datetime.now(UTC).isoformat()
        if followed.whole:
            await self._read_ticked(channel, followed)
        else:
            await self._read_archived(channel, followed)
        await self._read_open(channel, followed)
        # Those that were archived meanwhile were in neither.
        since = followed.cursor if followed.whole else followed.added_at
        await self._read_since(channel, followed, datetime.fromisoformat(since))
        await self._advance(followed.channel, began, 0, whole=True)
        log.info("history read", extra={"server": followed.server, "channel": followed.channel})

    # Threads

    async def _read_open(self, channel: Any, followed: FollowedChannel) -> None:
        for thread in await channel.guild.active_threads():
            if thread.parent_id == channel.id:
                await self._see_to(thread, followed)
                await self._advance(followed.channel, None, 1)

    async def _read_archived(self, channel: Any, followed: FollowedChannel) -> None:
        """Read the threads that are archived, from the latest back to the first."""
        before = datetime.fromisoformat(followed.cursor) + INCLUDING if followed.cursor else None
        async for thread in channel.archived_threads(limit=None, before=before):
            await self._see_to(thread, followed)
            await self._advance(followed.channel, thread.archive_timestamp.isoformat(), 1)

    async def _read_since(self, channel: Any, followed: FollowedChannel, since: datetime) -> None:
        """Read the threads that were archived since a moment."""
        async for thread in channel.archived_threads(limit=None):
            if thread.archive_timestamp < since:
                return
            await self._see_to(thread, followed)

    async def _read_ticked(self, channel: Any, followed: FollowedChannel) -> None:
        """Read the archived threads that gave nothing, and have a tick now: one that was put there
        while the bot was away left no other trace."""
        async for thread in channel.archived_threads(limit=LOOKED_THROUGH):
            if await asyncio.to_thread(self.keeper.kept.of, thread.id) is None:
                with suppress(discord.NotFound, discord.Forbidden):
                    if await has_tick(thread):
                        await self._see_to(thread, followed)

    async def _see_to(self, thread: discord.Thread, followed: FollowedChannel) -> None:
        with suppress(discord.NotFound, discord.Forbidden):  # gone meanwhile, or private
            await self.keeper.see_to_thread(thread, followed)

    # Messages

    async def _read_messages(self, channel: Any, followed: FollowedChannel) -> None:
        """Read an announcement channel from where reading stopped."""
        read, last = 0, followed.cursor
        after = discord.Object(int(last)) if last else None
        async for message in channel.history(limit=None, after=after, oldest_first=True):
            if message.type in ORDINARY:
                await self.keeper.see_to_message(message, followed)
            read, last = read + 1, str(message.id)
            if read % NOTED_EVERY == 0:
                await self._advance(followed.channel, last, NOTED_EVERY, followed.whole)
        await self._advance(followed.channel, last, read % NOTED_EVERY, whole=True)

    async def read_pins(self, channel: Any, followed: FollowedChannel) -> None:
        """Make documents of what is pinned in a channel, and of nothing else in it by itself."""
        pinned = set[int]()
        async for message in _pins(channel):
            pinned.add(message.id)
            await self.keeper.see_to_message(message, followed)
        kept = self.keeper.kept
        before = await asyncio.to_thread(kept.in_channel, channel.id)
        gone = [one for one in before if one.kind == "message" and one.id not in pinned]
        await self.keeper.forget(gone)

    async def _advance(
        self, channel: int, cursor: str | None, read: int, whole: bool = False
    ) -> None:
        await asyncio.to_thread(self.record.advance, channel, cursor, read, whole)


async def _pins(channel: Any) -> AsyncIterator[discord.Message]:
    async for message in channel.pins(limit=None):
        if message.type in ORDINARY:
            yield message
