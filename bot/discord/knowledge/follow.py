"""Follow channels: read their history, and keep documents as what they were made of stands in
Discord, by its events, and, for the time in which the bot was away, by comparing."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import discord
from discord.ext import commands

from bot.discord.language.languages import ENGLISH
from bot.discord.language.speaking import speaking
from bot.discord.language.translation import N_, in_words, ngettext
from bot.discord.records.knowledge.followed_channels import FollowedChannel, Take
from bot.discord.services.services import Services, ServingBot
from bot.discord.unanswered.place import PlaceError, find_channel, post, write_to
from retrieval.errors import FootnoteError

from .history import History
from .keeper import Keeper
from .open_channel import INTENT, by_name, is_read_by_all

log = logging.getLogger(__name__)

A_PAGE = 100  # documents that are compared between two looks at the record
GONE = N_("The channel {place} is gone, or hidden from me.")
DELETED = N_("The channel {place} was deleted.")


def _no_more(why: FootnoteError, count: int) -> str:
    """The sentence on a channel that nothing is taken from any more."""
    gone = ngettext(
        "I take no documents from it any more; {count} document that it gave is gone.",
        "I take no documents from it any more; {count} documents that it gave are gone.",
        count,
    )
    return f"{in_words(why)} {gone}"


class Follow(commands.Cog):
    """Follows channels, and all threads and messages that became documents."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services
        self.keeper = Keeper(bot, services)
        self.history = History(bot, services, self.keeper)
        self.followed = services.libraries.records.followed
        self.kept = services.libraries.records.kept
        self._tasks = set[asyncio.Task[None]]()
        self._reading: dict[int, asyncio.Task[None]] = {}

    async def cog_unload(self) -> None:
        """Stop; what was read is on record."""
        for task in [*self._tasks, *self._reading.values()]:
            task.cancel()

    # Beginning and ending

    async def follow(
        self, channel: Any, take: Take, by: int | None, where: int | None, collection: str = ""
    ) -> FollowedChannel:
        """Follow a channel from now on, and read its history in the background.

        Raises FootnoteError, saying why, where nothing may be taken from it.
        """
        now = datetime.now(UTC).isoformat()
        new = FollowedChannel(
            *(channel.id, channel.guild.id, channel.name, take, collection, by, where, now)
        )
        if why := self.keeper.why_not(channel, new):
            raise why
        before = await asyncio.to_thread(self.followed.of, channel.id)
        if before is not None and before.collection != collection:
            await self.unfollow(channel.id)
        await asyncio.to_thread(self.followed.follow, new)
        log.info("following", extra={"server": new.server, "channel": new.channel, "take": take})
        self.read(channel.id)
        return new

    async def unfollow(self, channel: int) -> int:
        """Follow a channel no more, and erase what it gave; returns how many documents went."""
        reading = self._reading.pop(channel, None)
        if reading is not None and reading is not asyncio.current_task():
            reading.cancel()
        await asyncio.to_thread(self.followed.unfollow, channel)
        kept = await asyncio.to_thread(self.kept.in_channel, channel)
        await self.keeper.forget(kept)
        queue = self.services.libraries.records.queue
        await asyncio.to_thread(queue.drop_in, channel)
        return len(kept)

    async def _drop(
        self, followed: FollowedChannel | None, channel: int, why: FootnoteError
    ) -> None:
        """Take nothing more from a channel that is closed, and say so where it was added."""
        count = await self.unfollow(channel)
        if followed is None and not count:
            return
        with speaking(ENGLISH):  # the operator's log
            told = _no_more(by_name(why, followed.name) if followed else why, count)
            log.warning("a source is closed", extra={"channel": channel, "told": told})
        if followed is not None and followed.added_in is not None:
            server = self.bot.get_guild(followed.server)
            with speaking(await self.services.language_in(server)):
                await self._tell(followed, _no_more(why, count))

    async def _tell(self, followed: FollowedChannel, told: str) -> None:
        assert followed.added_in is not None
        try:
            where = await find_channel(self.bot, followed.server, followed.added_in)
            await post(self.bot, self.services, where, told)
        except PlaceError:
            with suppress(PlaceError):
                if followed.added_by is not None:
                    await write_to(self.bot, self.services, followed.added_by, told)

    # Reading

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Compare what was kept with what stands in Discord now, and go on reading."""
        for server, channel in await asyncio.to_thread(self.kept.channels):
            guild = self.bot.get_guild(server)
            if guild is not None and not guild.unavailable:
                self.read(channel)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Do so for a server that comes later."""
        for server, channel in await asyncio.to_thread(self.kept.channels):
            if server == guild.id:
                self.read(channel)

    def read(self, channel: int) -> None:
        """Compare and read a channel in the background, unless that is under way."""
        if channel not in self._reading:
            self._reading[channel] = task = asyncio.create_task(self._until_read(channel))
            task.add_done_callback(lambda _: self._reading.pop(channel, None))

    async def _until_read(self, channel: int) -> None:
        while not self.services.limits.closing:
            try:
                await self._compare_and_read(channel)
                return
            except (discord.HTTPException, OSError) as error:  # Discord's trouble: from there on
                log.warning("reading stopped", extra={"channel": channel, "reason": str(error)})
                await asyncio.sleep(self.services.timing.longest_pause)
            except FootnoteError as error:  # ours: the disk is full, or the bot is closing
                log.error("reading stopped", extra={"channel": channel, "reason": str(error)})
                return

    async def _compare_and_read(self, channel: int) -> None:
        followed = await asyncio.to_thread(self.followed.of, channel)
        for kept in await asyncio.to_thread(self.kept.chosen_in, channel):
            await self.keeper.look_again(kept, None)
        where, why = await self._find(channel, followed)
        if why and why.sentence == INTENT:
            log.warning("can't read along", extra={"channel": channel, "told": str(why)})
        elif why:
            await self._drop(followed, channel, why)
        else:
            await self._compare(channel, followed)
            if followed is not None:
                await self.history.read(where, followed)

    async def _find(
        self, channel: int, followed: FollowedChannel | None
    ) -> tuple[Any, FootnoteError | None]:
        """A channel, and the reason why nothing may be taken from it, if there is one."""
        try:
            found = self.bot.get_channel(channel) or await self.bot.fetch_channel(channel)
        except (discord.NotFound, discord.Forbidden):
            place = f"#{followed.name}" if followed else f"<#{channel}>"
            return None, FootnoteError(GONE, place=place)
        return found, self.keeper.why_not(found, followed)

    async def _compare(self, channel: int, followed: FollowedChannel | None) -> None:
        after = 0
        while page := await asyncio.to_thread(self.kept.in_channel, channel, after, A_PAGE):
            for kept in page:
                await self.keeper.look_again(kept, followed)
            after = page[-1].id

    # Events

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Take over an announcement."""
        if getattr(message.channel, "type", None) is discord.ChannelType.news:
            self._read_if_followed(message.channel.id)

    @commands.Cog.listener()
    async def on_guild_channel_pins_update(self, channel: Any, last_pin: datetime | None) -> None:
        """Take over what was pinned, and let go of what is no more."""
        self._read_if_followed(channel.id)

    def _read_if_followed(self, channel: int) -> None:
        self.begin(self._news(channel))

    async def _news(self, channel: int) -> None:
        followed = await asyncio.to_thread(self.followed.of, channel)
        where: Any = self.bot.get_channel(channel)
        if followed is None or where is None or self.keeper.why_not(where, followed):
            return
        if where.type is discord.ChannelType.news and followed.take == "all":
            if followed.whole:  # else it is being read, and this comes last
                await self.history.read(where, followed)
        else:
            await self.history.read_pins(where, followed)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, before: Any, after: Any) -> None:
        """Let go of a channel that is not open to everybody any more."""
        await self._recheck([after.id])

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: Any) -> None:
        """Let go of a channel that was deleted."""
        followed = await asyncio.to_thread(self.followed.of, channel.id)
        await self.keeper.forget(await asyncio.to_thread(self.kept.chosen_in, channel.id))
        await self._drop(followed, channel.id, FootnoteError(DELETED, place=f"#{channel.name}"))

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Let go of channels that everybody could read, and can't any more."""
        if before.permissions != after.permissions:
            await self._recheck(server=after.guild.id)

    @commands.Cog.listener()
    async def on_collections_bound(self, server: int) -> None:
        """Look whether others may read a collection of channels now."""
        await self._recheck(server=server)

    async def _recheck(self, channels: Sequence[int] | None = None, server: int = 0) -> None:
        """Let go of those of some channels, or of a server, that nothing may be taken from now."""
        known = await asyncio.to_thread(self.kept.channels)
        for id in [id for of, id in known if of == server or id in (channels or ())]:
            followed = await asyncio.to_thread(self.followed.of, id)
            where, why = await self._find(id, followed)
            if where is not None and why and why.sentence != INTENT:
                await self._drop(followed, id, why)
            elif where is not None and not is_read_by_all(where):
                self.read(id)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the background; what goes wrong is logged."""
        self._tasks.add(task := asyncio.create_task(self._logged(work)))
        task.add_done_callback(self._tasks.discard)

    async def _logged(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except discord.NotFound:  # gone meanwhile: its deletion is an event of its own
            pass
        except Exception as error:
            log.exception("could not follow", exc_info=error)
