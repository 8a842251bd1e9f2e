"""A home that somebody has: the shell's verbs are run there."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli.app import run
from bot.cli.serve import owning
from bot.remote.owner_address import Owner
from bot.settings import read_settings
from bot.wiring import open_library
from retrieval.store.home import Home


@contextmanager
def owned(home: Path) -> Iterator[Owner]:
    """This process has a home until the block ends."""
    settings = read_settings(home)
    with open_library(settings, asking=True) as library, owning(library, settings, run) as owner:
        yield owner


def once_waiting(patch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Does something as soon as a home has been found taken, and each time that it is after."""
    acquire = Home._acquire

    def acquired(home: Home, on_wait: Callable[[], None], patience: float) -> None:
        def told() -> None:
            on_wait()
            do()

        acquire(home, told, patience)

    patch.setattr(Home, "_acquire", acquired)


@contextmanager
def owning_process(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process of its own has a home until the block ends."""
    command = [sys.executable, "-m", "bot", "serve", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert str(home) in process.stdout.readline()
            yield process
        finally:
            process.kill()
