"""Try the bot on a forum: 200 posts, of which 100 can be answered from the server's documents.

    make trial                      all posts, once as they come and once with restarts
    make trial RUN="--levels volta" the table of what the levels of sureness mean, on other posts

Posts lie in `trial/`, a line each: its kind, its title, its body, and words of a right answer. They
go to a forum that simcord plays, each by a member of its own. In ten more posts a moderator speaks
before the bot does, and in ten that it answered one speaks before the member asks on.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord
import simcord

from bot.discord.forums.post import question_with_title
from bot.discord.forums.sureness import LEVELS, is_sure
from bot.discord.records.records import open_records
from bot.discord.services.libraries import ServerLibraries, library_of
from bot.discord.services.services import Services
from bot.discord.startup.client import Footnote, Options
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.source import from_file
from retrieval.types import Answer
from tests.support.discord.forum_trial import Outcome, Post, Restart, try_posts
from tests.support.discord.world import World
from tests.support.homes import opened

HERE = Path(__file__).parent / "trial"
TRIAL, DEVELOPMENT = "saltmarsh", "volta"
SERVER = 1
KINDS = ("answerable", "foreign", "near")
# Real seconds that the bot may take to come to rest: less than the pause in which people can be
# first, since simcord waits by the clock for whoever sleeps for less.
PATIENCE = 45.0


def read_posts(name: str) -> list[Post]:
    """The posts of a file in `trial/`."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [Post(*line.split("\t")) for line in lines]


@contextmanager
def stocked(name: str, server: int = SERVER) -> Iterator[Library]:
    """A library with the documents of a server in `trial/`."""
    with (
        TemporaryDirectory() as folder,
        opened(Path(folder) / "home", SentenceEmbedder()) as library,
    ):
        sources = [from_file(path) for path in sorted((HERE / name).glob("*.md"))]
        assert all(added.error is None for added in library.add(sources, library_of(server)))
        yield library


@asynccontextmanager
async def played(library: Library) -> AsyncIterator[World]:
    """A server with the bot in it, on records of its own."""
    with TemporaryDirectory() as folder, ExitStack() as closing:
        records = closing.enter_context(open_records(Path(folder)))
        libraries = ServerLibraries(library, records)
        closing.callback(libraries.close)
        bot = Footnote(Services(libraries), Options(message_content=True), shard_count=1)
        async with simcord.run(bot, settle_timeout=PATIENCE) as env:
            guild = env.create_guild("Saltmarsh", id=SERVER)
            managing = guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
            alice = guild.add_member(env.create_user("alice"))
            mod = guild.add_member(env.create_user("mo"), roles=[managing])
            yield World(env, guild, guild.create_text_channel("general"), alice, mod)


async def try_in_played_server(
    library: Library, posts: Sequence[Post], again: Restart | None = None
) -> Outcome:
    """Try posts in a server of their own."""
    async with played(library) as world:
        return await try_posts(world, posts, again)


async def restart(world: World) -> None:
    """Another client on the same records."""
    services = Services(world.services.libraries)
    await world.env.restart_bot(Footnote(services, world.bot.chosen, shard_count=1))


def remembered(library: Library) -> None:
    """Look each question up once: both runs ask the same."""
    patched: Any = library
    quote = patched.quote

    @cache
    def again(question: str, turns: tuple[Any, ...], visible: tuple[str, ...]) -> Answer:
        answer: Answer = quote(question, turns, visible)
        return answer

    def once(question: str, turns: Sequence[Any], visible: Sequence[str]) -> Answer:
        return again(question, tuple(turns), tuple(visible))

    patched.quote = once


def show_trial() -> None:
    """Print the figures of the trial."""
    posts = read_posts(TRIAL)
    total = Counter(each.kind for each in posts)
    with stocked(TRIAL) as library:
        remembered(library)
        plain = asyncio.run(try_in_played_server(library, posts))
        restarted = asyncio.run(try_in_played_server(library, posts, restart))
    for label, found in (("as they come", plain), ("with restarts", restarted)):
        answered = {kind: found.answered(kind) for kind in KINDS}
        others = answered["foreign"] + answered["near"]
        kinds = ", ".join(f"{kind} {answered[kind]} of {total[kind]}" for kind in KINDS)
        print(
            f"{label:14} answered: {kinds}; right {found.right} of {sum(answered.values())} "
            f"answers; of the others answered {others / (len(posts) - total['answerable']):.1%}; "
            f"twice {found.twice}; after staff spoke {found.after_staff}"
        )
    print(f"answered in one run alone: {len(plain.which ^ restarted.which)}")
    for each, said in restarted.answers:
        if bool(said) != (each.kind == "answerable") or (said and not each.is_right(said[0])):
            print(f"  {each.kind:10} {each.title} | {each.body} → {' '.join(said)[:90]!r}")


def show_levels(name: str) -> None:
    """Print the share of answers that are right, by confidence, and of questions answered."""
    posts = read_posts(name)
    total = Counter(each.kind for each in posts)
    with stocked(name) as library:
        visible = (library_of(SERVER),)
        found = [
            (each, library.quote(*question_with_title(each.title, each.body), visible))
            for each in posts
        ]
    named = {level.confidence: f" ({known})" for known, level in LEVELS.items()}
    for sureness in sorted({*(n / 20 for n in range(8, 20)), *named, 0.98, 0.99}):
        given = [(each, answer) for each, answer in found if is_sure(answer, sureness)]
        kinds = Counter(each.kind for each, _ in given)
        right = sum(each.is_right(_words(answer)) for each, answer in given)
        print(
            f"{sureness:.2f}{named.get(sureness, ''):11} "
            + ", ".join(f"{kind} {kinds[kind]} of {total[kind]}" for kind in KINDS)
            + f"; right {right} of {len(given)}"
        )


def _words(answer: Answer) -> str:
    return " ".join([answer.text, *(cited.quote for cited in answer.citations)])


def main() -> None:
    """Print the figures that the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--levels", metavar="NAME", help="posts to measure the levels on")
    chosen = parser.parse_args()
    if chosen.levels:
        show_levels(chosen.levels)
    else:
        show_trial()


if __name__ == "__main__":
    main()
