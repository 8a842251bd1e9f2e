"""The context of a verb: its terminal, settings and library, and the options that verbs share."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.output.terminal import Terminal
from bot.settings import Settings, read_settings, refuse_unknown
from bot.wiring import open_library

if TYPE_CHECKING:
    from bot.discord.startup.client import Footnote
    from retrieval.library import Library

# The largest number that Discord, or a record, can have for anything.
LARGEST_ID = 2**63 - 1
SAMPLE_GONE = "Removed the built-in sample briefing: the home has documents of its own."


@dataclass(slots=True)
class RunningBot:
    """The bot that the owner of a home runs, once it runs."""

    client: "Footnote | None" = None


@dataclass(frozen=True, slots=True)
class Held:
    """A library that its owner has open already, with the settings that it was opened with, and
    the bot that it runs."""

    library: "Library"
    settings: Settings
    running: RunningBot = field(default_factory=RunningBot)


# Runs the verb that a command line names at a terminal, on an open library; returns the exit code.
RunVerb = Callable[[Sequence[str], Terminal, Held], int]


@dataclass(frozen=True, slots=True)
class Shell:
    """The terminal that a verb was called at, and the home named before it.

    `run` runs a verb for another process, where this one is to own the home. `held` is what the
    owner of the home has open, where it is the owner who runs the verb.
    """

    terminal: Terminal
    run: RunVerb
    home: Path | None = None
    held: Held | None = None


def shell_of(context: typer.Context) -> Shell:
    """The shell that called the verb."""
    shell: Shell = context.obj
    return shell


def terminal_of(context: typer.Context) -> Terminal:
    """The terminal at which the verb reads and writes."""
    return shell_of(context).terminal


def settings_of(context: typer.Context, home: Path | None) -> Settings:
    """The settings, with the home that was given after the verb, before it, or not at all.

    Raises FootnoteError where one of them is wrong, be it that of an owner's client.
    """
    shell = shell_of(context)
    if shell.held is None:
        return read_settings(home or shell.home)
    refuse_unknown(shell.terminal.environment)
    return shell.held.settings


@contextmanager
def library_of(
    context: typer.Context, home: Path | None, asking: bool = False
) -> Iterator["Library"]:
    """The library that a verb works on; where it is `asking`, the chat model answers, if any."""
    held, terminal = shell_of(context).held, terminal_of(context)
    settings = settings_of(context, home)
    if held is not None:
        yield held.library
        _tell(terminal, held.library.home.vectors.failure)
        return
    with open_library(settings, asking=asking) as library:
        yield library
        store = library.home.vectors
        _tell(terminal, store.failure or store.lost)


def stores_of(library: "Library", name: str, collection: str | None) -> list[str]:
    """The store of one of a library's collections, or all of them where none is named."""
    if collection is None:
        return library.collections.stores(name)
    return [library.collections.store_called(collection, name)]


def drop_sample(terminal: Terminal, library: "Library") -> None:
    """Remove the sample from a home that has documents of its own, and say so."""
    if library.drop_sample():
        terminal.notice(SAMPLE_GONE)


def _tell(terminal: Terminal, trouble: str) -> None:
    if trouble:
        terminal.notice(f"footnote: {trouble}")


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="Where documents and indexes are kept. [default: FOOTNOTE_HOME, else the user's "
        "data directory]",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CollectionOption = Annotated[
    str | None,
    typer.Option("--collection", metavar="NAME", help="Which of the library's collections."),
]
LibraryOption = Annotated[
    str, typer.Option("--library", "-l", metavar="NAME", help="Which library of the home.")
]
