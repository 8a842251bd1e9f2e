"""Play a forum with a long history, the same each time, and have the bot read it: a program of its
own, which may be killed at any moment and begun again.

    python -m benchmarks.discord.solved.play HOME POSTS MESSAGES SOLVED CHANGED [WHEN]

Every tenth of a second it prints how many posts it has read. Of the posts that are solved, the
first CHANGED are edited or deleted, in turn: before the bot is there, or, WHEN that is `there`,
once it has read all.
"""

import asyncio
import json
import resource
import sys
from functools import partial
from pathlib import Path

from bot.discord.knowledge.privacy.forget import forget_documents
from bot.discord.records.records import open_records
from bot.discord.services.libraries import ServerLibraries, library_of
from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.discord.long_forum import SERVER, Changed, Played, SolvedPost, played
from tests.support.homes import opened

from .grammar import threads

CHANGED_TO = "I was wrong, and take that back."
KIB_IN_MIB = 1024


def main(home: str, posts: int, messages: int, solved: int, changed: int, there: bool) -> None:
    """Play until all is seen to."""
    made = [SolvedPost(each.title, each.asked, each.answer) for each in threads(solved)]
    before = Changed() if there else Changed(changed, CHANGED_TO)
    with (
        opened(Path(home), SentenceEmbedder()) as library,
        open_records(library.home.folder) as records,
    ):
        library.forgets = (partial(forget_documents, Path(home)),)
        library.search("warm")
        libraries = ServerLibraries(library, records)
        try:
            work = _play(libraries, posts, messages, made, before, changed if there else 0)
            asyncio.run(work)
        finally:
            libraries.close()
        name = library_of(SERVER)
        documents = library.documents(name) if library.has(name) else []
        texts = [library.text(document.id, name) for document in documents]
        sources = [document.source for document in documents]
        print(json.dumps({"sources": sources, "texts": texts}), flush=True)


async def _play(
    libraries: ServerLibraries,
    posts: int,
    messages: int,
    solved: list[SolvedPost],
    before: Changed,
    then: int,
) -> None:
    async with played(libraries, posts, messages, solved, before) as play:
        held = _memory()
        await play.begin()
        await _told(play)
        for at in range(then):
            play.forum.change(at, CHANGED_TO if at % 2 else "")
        if then:
            print(json.dumps({"changed": then}), flush=True)
            await play.env.settle()
            await _told(play)
        print(json.dumps({"before": held, "peak": _memory()}), flush=True)


async def _told(play: Played) -> None:
    """Wait until all is seen to, telling how far reading has come."""
    while play.busy:
        await asyncio.sleep(0.1)
        if (now := play.follow.followed.of(play.forum.forum)) is not None:
            print(json.dumps({"read": now.read, "whole": now.whole}), flush=True)


def _memory() -> float:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_IN_MIB


if __name__ == "__main__":
    counts = list(map(int, sys.argv[2:6]))
    main(sys.argv[1], counts[0], counts[1], counts[2], counts[3], sys.argv[6:] == ["there"])
