"""Hear of what is edited, deleted, tagged and ticked, and see to the documents made of it."""

import asyncio
from collections.abc import Iterable, Sequence

import discord
from discord.ext import commands

from bot.discord.records.knowledge.kept_threads import KeptThread
from bot.discord.services.services import Services, ServingBot

from .follow import Follow
from .solved_thread import TICK


class Changes(commands.Cog):
    """Listens to what happens to messages and threads."""

    def __init__(self, bot: ServingBot, services: Services, follow: Follow) -> None:
        self.bot = bot
        self.services = services
        self.follow = follow
        self.followed = services.libraries.records.followed
        self.kept = services.libraries.records.kept

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Look again at what a message that was edited became part of."""
        self.follow.keeper.note([payload.message_id])
        for kept in await asyncio.to_thread(self.kept.of_messages, [payload.message_id]):
            self.look_again([kept])

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Erase the words of a message that was deleted."""
        await self._deleted([payload.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Erase the words of messages that were deleted."""
        await self._deleted(sorted(payload.message_ids))

    async def _deleted(self, messages: Sequence[int]) -> None:
        """Erase first, and see afterwards what is left to keep."""
        self.follow.keeper.note(messages)
        queue = self.services.libraries.records.queue
        await asyncio.to_thread(queue.drop, messages)
        for kept in await asyncio.to_thread(self.kept.of_messages, messages):
            await asyncio.to_thread(self.kept.unmark, kept.id, messages)
            await self.follow.keeper.forget([kept])
            if kept.kind == "thread":
                self.look_again([kept])

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Erase what a thread that was deleted became."""
        await asyncio.to_thread(self.kept.unmark, payload.thread_id)
        await asyncio.to_thread(self.services.libraries.records.queue.drop_in, payload.thread_id)
        kept = await asyncio.to_thread(self.kept.in_place, payload.thread_id)
        await self.follow.keeper.forget(kept)

    @commands.Cog.listener()
    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """Look again at a thread whose title or tags may be others, where that matters."""
        kept = await asyncio.to_thread(self.kept.of, payload.thread_id)
        followed = await asyncio.to_thread(self.followed.of, payload.parent_id)
        if kept is not None or followed is not None:
            self.follow.begin(self._see_to(payload.thread_id, payload.guild_id))

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Look at a thread in which somebody put a ✅ under a message."""
        await self._ticked(payload)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Look at a thread in which somebody took a ✅ back."""
        await self._ticked(payload)

    async def _ticked(self, payload: discord.RawReactionActionEvent) -> None:
        guild = self.bot.get_guild(payload.guild_id or 0)
        if str(payload.emoji) != TICK or guild is None:
            return
        thread = guild.get_thread(payload.channel_id)
        parent = thread.parent_id if thread is not None else None
        kept = await asyncio.to_thread(self.kept.of, payload.channel_id)
        followed = await asyncio.to_thread(self.followed.of, parent)
        if kept is not None or followed is not None:
            self.follow.begin(self._see_to(payload.channel_id, guild.id))

    # One at a time

    def look_again(self, kept: Iterable[KeptThread]) -> None:
        """Compare some of what is kept with what stands in Discord, in the background."""
        for one in kept:
            self.follow.begin(self._look_again(one))

    async def _look_again(self, kept: KeptThread) -> None:
        followed = await asyncio.to_thread(self.followed.of, kept.channel)
        try:
            await self.follow.keeper.look_again(kept, followed)
        except discord.NotFound:
            await self.follow.keeper.forget([kept])
        except discord.HTTPException:  # what it says now can't be had: what it said must not stay
            await self.follow.keeper.withhold(kept)
            self.follow.read(kept.channel)
            raise

    async def _see_to(self, thread: int, server: int) -> None:
        found = await self.bot.fetch_channel(thread)
        if isinstance(found, discord.Thread) and found.guild.id == server:
            followed = await asyncio.to_thread(self.followed.of, found.parent_id)
            await self.follow.keeper.see_to_thread(found, followed)
