"""Watch forums and channels: wait until people could be first, then see to each post once.

What is waited for is on record, so that a restart takes it up again.
"""

import asyncio
import logging
from datetime import timedelta

import discord
from discord.ext import commands

from bot.discord.language.languages import ENGLISH
from bot.discord.language.speaking import speaking
from bot.discord.records.watched_posts import WatchedPost
from bot.discord.services.services import Services, ServingBot
from retrieval.store.files.record_file import RecordError

from .left_alone import mode_in
from .open_question import is_open_question
from .settings.problems import lacking_sentence, problems
from .unasked import Unasked

log = logging.getLogger(__name__)

# A question this old is no longer answered unasked: after a restart, or a long cooldown.
YOUNG = timedelta(hours=1)
# Posts that are seen to at one moment: members who ask the bot itself come first.
AT_ONCE = 2
WATCHED_FORUMS = (discord.ChannelType.forum, discord.ChannelType.media)


class Watch(commands.Cog):
    """Listens to new posts, and to questions in watched channels."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services
        self._unasked = Unasked(bot, services)
        self._waiting: dict[int, asyncio.Task[None]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def cog_unload(self) -> None:
        """Wait no longer; what is waited for stays on record."""
        for task in self._waiting.values():
            task.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Take up what was waited for when the bot stopped, if it is young enough."""
        self._warn()
        now = discord.utils.utcnow()
        for post in await asyncio.to_thread(self.services.watched.unfinished):
            if post.id in self._waiting or self.bot.get_guild(post.server) is None:
                continue
            if now - post.at < YOUNG:
                self._begin(post)
            else:
                await asyncio.to_thread(self.services.watched.let_be, post, "too old")

    def _warn(self) -> None:
        """Log the settings that can't work as the servers are set up."""
        for server in self.services.settings.servers():
            if (guild := self.bot.get_guild(server)) is not None and not guild.unavailable:
                for told in problems(guild, self.services.settings.of(server), self.bot.intents):
                    log.warning("a setting can't work", extra={"server": server, "told": told})

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Wait for a new post of a watched forum."""
        parent = thread.parent
        if (
            parent is None
            or parent.type not in WATCHED_FORUMS
            or not self._watches(thread.guild, thread)
        ):
            return
        at = thread.created_at or discord.utils.utcnow()
        post = WatchedPost(thread.id, thread.guild.id, parent.id, thread.owner_id, at, thread.id)
        await self._wait_for(post)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Wait for a question in a watched channel, and answer follow-ups in answered posts."""
        if message.guild is None or message.author.bot or message.webhook_id:
            return
        if isinstance(message.channel, discord.Thread):
            await self._follow_up(message, message.channel)
        elif self._watches(message.guild, message.channel) and is_open_question(message):
            author, at = message.author.id, message.created_at
            await self._wait_for(
                WatchedPost(message.id, message.guild.id, message.channel.id, author, at)
            )

    async def _follow_up(self, message: discord.Message, thread: discord.Thread) -> None:
        post = self.services.watched.of_thread(thread.id)
        if post is None or post.state != "answered" or self.services.limits.closing:
            return
        if not self._watches(thread.guild, thread):  # it was when the post was answered
            return
        try:
            with self.services.limits.questions.counted():
                async with self._at_once:
                    await self._unasked.follow_up(message, post)
        except discord.NotFound:  # deleted meanwhile
            log.info("gone", extra={"id": message.id})
        except discord.Forbidden as error:
            self._refused(post, error)

    def _watches(self, guild: discord.Guild, channel: discord.abc.Snowflake) -> bool:
        return mode_in(self.services.settings.of(guild.id), channel) == "sure"

    async def _wait_for(self, post: WatchedPost) -> None:
        opted_out = self.services.privacy.opted_out
        if await asyncio.to_thread(opted_out, post.server, post.asker):
            return
        if await asyncio.to_thread(self.services.watched.add, post):
            self._begin(post)

    def _begin(self, post: WatchedPost) -> None:
        task = asyncio.create_task(self._until_done(post))
        self._waiting[post.id] = task
        task.add_done_callback(lambda _: self._waiting.pop(post.id, None))

    async def _until_done(self, post: WatchedPost) -> None:
        try:
            await self._wait_and_see(post)
        except RecordError as error:  # it may be taken up at the next start
            log.error("not recorded", extra={"reason": str(error)})

    async def _wait_and_see(self, post: WatchedPost) -> None:
        pause = self.services.settings.of(post.server).pause
        due = post.at + timedelta(seconds=pause)
        wait: float | None = (due - discord.utils.utcnow()).total_seconds()
        while wait is not None:
            await asyncio.sleep(max(0.0, wait))
            wait = await self._see_to(post)
            if wait is not None and discord.utils.utcnow() - post.at > YOUNG:
                await asyncio.to_thread(self.services.watched.let_be, post, "too old")
                return

    async def _see_to(self, post: WatchedPost) -> float | None:
        try:
            async with self._at_once:
                if self.services.limits.closing:
                    return None  # it stays on record for the next start
                with self.services.limits.questions.counted():
                    return await self._unasked.see_to(post)
        except RecordError:
            raise
        except discord.NotFound:
            why = "gone"
        except discord.Forbidden as error:
            why = self._refused(post, error)
        except Exception as error:
            log.exception("could not see to a post", extra={"id": post.id}, exc_info=error)
            why = "failed"
        await asyncio.to_thread(self.services.watched.let_be, post, why)
        return None

    def _refused(self, post: WatchedPost, error: discord.Forbidden) -> str:
        channel = self.bot.get_channel(post.channel)
        settings = self.services.settings.of(post.server)
        with speaking(ENGLISH):  # the operator's log
            told = lacking_sentence(channel, settings, self.bot.intents) if channel else ""
        log.warning(
            "may not answer unasked",
            extra={"channel": post.channel, "code": error.code, "lacking": told},
        )
        return "not allowed"
