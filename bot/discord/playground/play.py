"""Play Discord with `simcord` for the client that `footnote run` starts, and serve the page.

The callbacks are the real ones, and so are the documents.
"""

import asyncio
import contextlib
import os
import signal
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.discord.records.collection_bindings import Binding
from bot.discord.services.libraries import library_of
from bot.discord.services.services import Services
from bot.discord.startup.client import Footnote
from retrieval.errors import FootnoteError
from retrieval.reading.source import handbook, staff_notes, visitors_page

from .furnishing import SERVER, STAFF

if TYPE_CHECKING:
    import simcord

    from retrieval.library import Library

# Seconds that adding a document may take before the page gives up waiting for it.
PATIENCE = 120.0
TICK = 0.5
# Where the page is served.
HERE = "127.0.0.1"
# The library of what everybody is answered from, as `common` is elsewhere: that is the shell's own.
VISITORS = "visitors"
MISSING = "The playground needs simcord. Install it with: pip install 'footnote-bot[playground]'"


def check(port: int | None) -> None:
    """Check that a page can be served, before anything that takes long.

    Raises FootnoteError, saying what to do, if it can't.
    """
    try:
        import simcord  # noqa: F401
    except ImportError as error:
        raise FootnoteError(MISSING) from error
    try:
        socket.create_server((HERE, port or 0)).close()
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise FootnoteError(
            f"Port {port} can't be used: {why}. Choose another with --port."
        ) from error


def add_handbook(library: "Library") -> bool:
    """Add the handbook of a lending library to the played server's documents, where it has none,
    notes that only its staff reads, and a page for visitors, which direct messages have as well.

    True if the handbook was added.
    """
    if not library.has(VISITORS):
        visitors = library.add([visitors_page()], VISITORS, "footnote")
        assert all(one.error is None for one in visitors)
    name = library_of(SERVER)
    if library.has(name) and library.documents(name):
        return False
    staff = library.collections.store_if_there(STAFF, name)
    store = staff or library.collections.create(STAFF, name).store
    added = [
        *library.add([handbook()], name, "footnote"),
        *library.add([staff_notes()], store, "footnote"),
    ]
    return all(one.error is None for one in added)


async def play(bot: Footnote, port: int | None, ready: Callable[[str], None]) -> None:
    """Serve the page until it is closed or the process is told to stop.

    `ready` is called with its address. Raises FootnoteError if it can't be served.
    """
    import simcord

    try:
        async with (
            simcord.run(bot, check_errors=False, settle_timeout=PATIENCE) as world,
            _ticking(world),
        ):
            await _show(world, bot.services, port, ready)
    except simcord.SetupError as error:
        raise FootnoteError(f"The playground could not be opened: {error}.") from error


def bind_staff(services: Services, channel: int) -> None:
    """Have the staff's collection read by who sees a channel, which is another at each start."""
    known, name = services.libraries.library.collections, library_of(SERVER)
    if (store := known.store_if_there(STAFF, name)) is not None:
        services.sight.bindings.bind(SERVER, store, Binding(frozenset({channel})))


async def _show(
    world: "simcord.Env", services: Services, port: int | None, ready: Callable[[str], None]
) -> None:
    # Imported here, as all that needs simcord: without it there is a sentence on what to install.
    from .page import Page
    from .places import Played
    from .stage import Stage

    played = Played(world)
    await played.furnish()
    bind_staff(services, played.staff)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with Stage(world, played) as stage, Page(stage).served(HERE, port or 0) as address:
        ready(address)
        await ended.wait()


@contextlib.asynccontextmanager
async def _ticking(world: "simcord.Env") -> AsyncIterator[None]:
    """Let simcord's clock, which stands still by itself, follow the wall's."""

    async def tick() -> None:
        while True:
            behind = (datetime.now(UTC) - world.now()).total_seconds()
            world.backend.advance_clock(max(0.0, behind))
            await asyncio.sleep(TICK)

    task = asyncio.create_task(tick())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def open_browser(address: str) -> bool:
    """Open an address in a browser with windows; False if there is none."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # A browser of exactly this class runs in the terminal, and would take it over.
    if type(browser) is webbrowser.GenericBrowser:
        return False
    return browser.open(address)
