"""A forum with a history, the same each time it is played, and a bot that reads it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import discord
import simcord
from simcord.backend import serializers
from simcord.http.routes import channels as routes

from bot.discord.knowledge.follow import Follow
from bot.discord.services.libraries import ServerLibraries
from bot.discord.services.services import Services
from bot.discord.startup.client import Footnote, Options

SERVER, PATIENCE, A_PAGE = 1, 1_500.0, 50
# Seconds between two looks at whether the bot is still reading.
LOOK = 0.05


@dataclass(frozen=True, slots=True)
class SolvedPost:
    """A post and the answer in it that staff ticked."""

    title: str
    asked: str
    answer: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The first posts, `count` of them, whose answers were changed before the bot was there: every
    other was edited, the rest were deleted."""

    count: int = 0
    to: str = ""


@dataclass(slots=True)
class LongForum:
    """Posts of a forum, all archived, one a minute; `answers` are the messages of the answers, each
    with its post."""

    backend: Any
    forum: int
    people: Sequence[int]
    staff: int
    answers: list[tuple[int, int]] = field(default_factory=list)

    def write(self, posts: int, messages: int, solved: Sequence[SolvedPost], to: Changed) -> None:
        """Write so many posts, the solved ones spread among the others."""
        every = max(1, posts // max(1, len(solved)))
        for number in range(posts):
            at, rest = divmod(number, every)
            made = solved[at] if not rest and at < len(solved) else None
            self._write_post(number, messages, made)
            if made is not None and at < to.count:
                self.change(at, to.to if at % 2 else "")

    def _write_post(self, number: int, messages: int, made: SolvedPost | None) -> None:
        backend, asker = self.backend, self.people[number % len(self.people)]
        title = made.title if made else f"Just talking, number {number}"
        thread = backend.create_thread(self.forum, title, asker, broadcast=False)
        first = backend.prepare_message(thread.id, asker, made.asked if made else "Hello all.")
        first.id = thread.id
        backend.commit_message(first)
        other = self.people[(number + 1) % len(self.people)]
        for n in range(messages - 2):
            backend.create_message(thread.id, other, f"Yes, that is so, and {n} more.")
        answer = backend.create_message(thread.id, other, made.answer if made else "Well.")
        if made is not None:
            backend.set_reaction(thread.id, answer.id, "✅", self.staff, True)
            self.answers.append((thread.id, answer.id))
        stamp = f"2026-01-{1 + number // 1440:02}T{number // 60 % 24:02}:{number % 60:02}:00+00:00"
        thread.thread_metadata.archived = True
        thread.thread_metadata.archive_timestamp = stamp

    def change(self, at: int, to: str) -> None:
        """Edit an answer, or delete it where nothing is said in its place."""
        thread, answer = self.answers[at]
        if to:
            self.backend.edit_message(thread, answer, {"content": to})
        else:
            self.backend.delete_message(thread, answer)

    def page(self, ctx: Any, *, private: bool, joined_only: bool = False) -> dict[str, Any]:
        """A page of archived posts, the latest first: simcord gives all at once."""
        if private:
            return {"threads": [], "members": [], "has_more": False}
        before = str(ctx.params.get("before", "9999"))
        found = self.backend.archived_threads(self.forum, private=False)
        found.sort(key=lambda each: each.thread_metadata.archive_timestamp, reverse=True)
        left = [each for each in found if each.thread_metadata.archive_timestamp < before]
        some = left[: int(ctx.params.get("limit") or A_PAGE)]
        return dict(
            serializers.thread_list_payload(self.backend, some, has_more=len(left) > len(some))
        )


@dataclass(frozen=True, slots=True)
class Played:
    """A forum that is played, and who follows it."""

    env: simcord.Env
    forum: LongForum
    follow: Follow
    channel: Any

    async def begin(self) -> None:
        """Follow the forum, or go on where it is followed."""
        if self.follow.followed.of(self.forum.forum) is None:
            await self.follow.follow(self.channel, "all", None, None)
        else:
            await self.follow.on_ready()

    @property
    def busy(self) -> bool:
        """Tell whether something is still being read, or seen to."""
        return bool(self.follow._reading or self.follow._tasks)

    async def rest(self) -> None:
        """Wait until all that happened is seen to."""
        await self.env.settle()
        while self.busy:
            await asyncio.sleep(LOOK)


@asynccontextmanager
async def played(
    libraries: ServerLibraries,
    posts: int,
    messages: int,
    solved: Sequence[SolvedPost],
    changed: Changed | None = None,
) -> AsyncIterator[Played]:
    """A server with such a forum, and the bot in it, which wasn't there when it was written."""
    bot = Footnote(Services(libraries), Options(message_content=True), shard_count=1)
    async with simcord.run(bot, settle_timeout=PATIENCE) as env:
        # A bot that followed the forum before would read it as soon as it is there, still empty.
        with patch.object(Follow, "read"):
            long = await _written(env, posts, messages, solved, changed or Changed())
        with patch.object(routes, "_archived_threads", long.page):
            follow: Any = bot.get_cog(Follow.__name__)
            channel = bot.get_guild(SERVER).get_channel(long.forum)  # type: ignore[union-attr]
            yield Played(env, long, follow, channel)


async def _written(
    env: simcord.Env, posts: int, messages: int, solved: Sequence[SolvedPost], changed: Changed
) -> LongForum:
    """A server with a forum in which all was written."""
    guild = env.create_guild("Long", id=SERVER)
    forum = guild.create_forum_channel("help")
    mods = guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
    people = [guild.add_member(env.create_user(f"member-{n}")) for n in range(20)]
    staff = guild.add_member(env.create_user("mo"), roles=[mods])
    await env.settle()
    backend: Any = env.backend
    long = LongForum(backend, forum.id, [each.id for each in people], staff.id)
    with patch.object(backend, "emit", lambda *_, **__: None):
        long.write(posts, messages, solved, changed)
    return long
