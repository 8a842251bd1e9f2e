"""Play a forum with a long history, the same each time, and have the bot read it: a program of its
own, which may be killed at any moment and begun again.

    python -m benchmarks.discord.solved.play HOME POSTS MESSAGES SOLVED CHANGED

Every tenth of a second it prints how many posts it has read. Of the posts that are solved, the
first CHANGED are edited or deleted, in turn, before the bot is there.
"""

import asyncio
import json
import resource
import sys
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.http.routes import channels as routes

from bot.discord.knowledge.follow import Follow
from bot.discord.records.records import open_records
from bot.discord.services.libraries import ServerLibraries, library_of
from bot.discord.services.services import Services
from bot.discord.startup.client import Footnote, Options
from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.homes import opened

from .grammar import MadeThread, threads

SERVER, PATIENCE, A_PAGE = 1, 36_000.0, 50
CHANGED_TO = "I was wrong, and take that back."
KIB_IN_MIB = 1024


def main(home: str, posts: int, messages: int, solved: int, changed: int) -> None:
    """Play until the whole history is read."""
    with (
        opened(Path(home), SentenceEmbedder()) as library,
        open_records(library.home.folder) as records,
    ):
        library.search("warm")
        libraries = ServerLibraries(library, records)
        try:
            asyncio.run(_play(libraries, posts, messages, solved, changed))
        finally:
            libraries.close()
        name = library_of(SERVER)
        documents = library.documents(name) if library.has(name) else []
        texts = [library.text(document.id, name) for document in documents]
        sources = [document.source for document in documents]
        print(json.dumps({"sources": sources, "texts": texts}), flush=True)


async def _play(
    libraries: ServerLibraries, posts: int, messages: int, solved: int, changed: int
) -> None:
    bot = Footnote(Services(libraries), Options(message_content=True), shard_count=1)
    async with simcord.run(bot, settle_timeout=PATIENCE) as env:
        guild = env.create_guild("Long", id=SERVER)
        forum = guild.create_forum_channel("help")
        mods = guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
        people = [guild.add_member(env.create_user(f"member-{n}")) for n in range(20)]
        mod = guild.add_member(env.create_user("mo"), roles=[mods])
        await env.settle()
        backend: Any = env.backend
        emit, backend.emit = backend.emit, lambda *_, **__: None
        history = History(backend, forum.id, [each.id for each in people], mod.id)
        history.write(posts, messages, list(threads(solved)), changed)
        backend.emit = emit
        routes._archived_threads = history.page  # simcord gives all at once; Discord, a page
        follow: Any = bot.get_cog(Follow.__name__)
        before = _memory()
        followed = libraries.records.followed
        channel = bot.get_guild(SERVER).get_channel(forum.id)  # type: ignore[union-attr]
        if followed.of(forum.id) is None:
            await follow.follow(channel, "all", None, None)
        else:
            await follow.on_ready()
        while follow._reading:
            await asyncio.sleep(0.1)
            if (now := followed.of(forum.id)) is not None:
                print(json.dumps({"read": now.read, "whole": now.whole}), flush=True)
        print(json.dumps({"before": before, "peak": _memory()}), flush=True)


def _memory() -> float:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_IN_MIB


class History:
    """Posts of a forum, all archived, one a minute."""

    def __init__(self, backend: Any, forum: int, people: list[int], mod: int) -> None:
        self.backend, self.forum, self.people, self.mod = backend, forum, people, mod

    def write(self, posts: int, messages: int, made: list[MadeThread], changed: int) -> None:
        """Write posts, the solved ones spread among the others."""
        every = max(1, posts // max(1, len(made)))
        for number in range(posts):
            at, rest = divmod(number, every)
            solved = made[at] if not rest and at < len(made) else None
            self._post(number, messages, solved, at if solved and at < changed else None)

    def _post(
        self, number: int, messages: int, made: MadeThread | None, change: int | None
    ) -> None:
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
            backend.set_reaction(thread.id, answer.id, "✅", self.mod, True)
        if change is not None and change % 2:
            backend.edit_message(thread.id, answer.id, {"content": CHANGED_TO})
        elif change is not None:
            backend.delete_message(thread.id, answer.id)
        stamp = f"2026-01-{1 + number // 1440:02}T{number // 60 % 24:02}:{number % 60:02}:00+00:00"
        thread.thread_metadata.archived = True
        thread.thread_metadata.archive_timestamp = stamp

    def page(self, ctx: Any, *, private: bool, joined_only: bool = False) -> dict[str, Any]:
        """A page of archived posts, the latest first."""
        from simcord.backend import serializers

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


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
