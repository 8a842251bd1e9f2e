"""What an open library does for other processes: it runs their verbs."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from bot.output.terminal import Terminal
from bot.remote.address import Owner
from bot.remote.server import listening
from bot.settings import Settings

from .context import Held

if TYPE_CHECKING:
    from retrieval.library import Library

STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def owning(library: "Library", settings: Settings) -> Iterator[Owner]:
    """Until the block ends, the shell's verbs for this home are run here, whoever calls them."""
    from .app import run

    held = Held(library, settings)

    def run_here(arguments: Sequence[str], terminal: Terminal) -> int:
        return run(arguments, terminal, held)

    with listening(library.home.folder, run_here) as owner:
        yield owner


def until_stopped() -> None:
    """Waits for Ctrl-C or SIGTERM."""
    stopped = Event()
    usual = {number: signal.getsignal(number) for number in STOPPING}
    for number in STOPPING:
        signal.signal(number, lambda number, where: stopped.set())
    try:
        stopped.wait()
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
