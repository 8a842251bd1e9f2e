"""A bot that follows a forum and is killed in the middle of that, for the tests of what it leaves
behind. Imported by multiprocessing's fork server, as `harness.crashing` is."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

import retrieval.indexing.remove as removing
from bot.discord.knowledge.privacy.forget import forget_documents
from bot.discord.records.knowledge.kept_threads import KeptThreads
from bot.discord.records.knowledge.privacy_record import PrivacyRecord
from bot.discord.records.records import open_records
from bot.discord.services.libraries import ServerLibraries
from retrieval.store.home import Home
from retrieval.store.vectors.library_index import VectorIndex
from tests.crash.harness.crashing import EMBEDDER, dying_after
from tests.support.discord.long_forum import Played, SolvedPost, played
from tests.support.homes import opened

POSTS = (
    SolvedPost("Pump hums", "What helps?", "Bleed the vermilljon valve until quokkamats drip."),
    SolvedPost("Lamp is dark", "What now?", "Turn the ottokarina switch by nine wumpelsteins."),
    SolvedPost("Door sticks", "Any idea?", "Plane the brindled edge and wax the fnordic hinge."),
)
# All that is done with a document, from what is on record of it to the bytes of its vectors.
STEPS: tuple[tuple[Any, str], ...] = (
    *((KeptThreads, name) for name in ("begin", "done", "going", "forget")),
    (PrivacyRecord, "forget_documents"),
    *((removing, name) for name in ("withdraw", "overwrite", "discard")),
    (Home, "forget_deleted"),
    (VectorIndex, "put"),
)


def follow(folder: Path, die_at: int = 0) -> None:
    """Follow the forum until all of it is read; die at the nth step, unless that is 0."""

    async def act(play: Played) -> None:
        _arm(die_at)
        await play.begin()

    _run(folder, act)


def follow_then_change(folder: Path, to: str, die_at: int) -> None:
    """Follow it, and have the first answer edited, or deleted, while the bot looks on; die at the
    nth step from then on."""

    async def act(play: Played) -> None:
        await play.begin()
        await play.rest()
        _arm(die_at)
        play.forum.change(0, to)

    _run(folder, act)


def follow_changed(folder: Path, to: str) -> None:
    """Follow it when the first answer was edited, or deleted, before the bot came."""

    async def act(play: Played) -> None:
        backend = play.forum.backend
        emit, backend.emit = backend.emit, lambda *_, **__: None
        play.forum.change(0, to)
        backend.emit = emit
        await play.begin()

    _run(folder, act)


def _run(folder: Path, act: Callable[[Played], Awaitable[None]]) -> None:
    with opened(folder, EMBEDDER) as library, open_records(folder) as records:
        library.forgets = (partial(forget_documents, folder),)
        libraries = ServerLibraries(library, records)
        try:
            asyncio.run(_play(libraries, act))
        finally:
            libraries.close()


async def _play(libraries: ServerLibraries, act: Callable[[Played], Awaitable[None]]) -> None:
    async with played(libraries, len(POSTS), 4, POSTS) as play:
        await act(play)
        await play.rest()


def _arm(steps: int) -> None:
    """Die before or after the nth of `STEPS`, counted twice each: when it begins and ends."""
    if not steps:
        return
    die = dying_after(steps)
    for owner, name in STEPS:
        setattr(owner, name, _dying(getattr(owner, name), die))


def _dying(real: Callable[..., Any], die: Callable[[int], None]) -> Callable[..., Any]:
    @wraps(real)
    def call(*args: Any, **named: Any) -> Any:
        die(1)
        result = real(*args, **named)
        die(1)
        return result

    return call
