"""The verbs for what documents came from: `sync` and `refresh` look at it again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import HomeOption, JsonOption, LibraryOption, library_of, terminal_of
from bot.output.changed_answers import changed_lines
from bot.output.changes import (
    change_line,
    failure_lines,
    preview_line,
    refresh_line,
    refreshed_form,
    summary,
    sync_form,
)
from bot.output.progress import Bar, progress_bar
from bot.output.terminal import Terminal
from retrieval.indexing.sync.change import Change
from retrieval.types import COMMON

from .changed_answers import GoldenFiles
from .results import conclude, on_ctrl_c, tell

if TYPE_CHECKING:
    from retrieval.evaluation.changed_answers import ChangedAnswer
    from retrieval.library import Library

SourceIds = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE", help="Ids, as `footnote sources` shows; all if none is named"),
]


def sync(
    context: typer.Context,
    ids: SourceIds = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done.")
    ] = False,
    golden: GoldenFiles = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Make documents what their sources hold now.

    Sources are the folders, sites, files and pages that documents came from.

    What is new is added, what has changed is replaced, what was renamed keeps its id, and what is
    gone is removed. A folder that is gone or empty, or a site that doesn't answer, removes nothing.

    Golden questions, those in the home's folder `golden` too, and questions whose answers members
    liked are asked before and after; it is told whose answer is another then.
    """
    terminal, line = terminal_of(context), preview_line if dry_run else change_line
    files = [terminal.path(file) for file in golden or []]
    with library_of(context, home) as opened:
        met = synced(terminal, opened, ids or [], library, None if json else line, files, dry_run)
    if json:
        terminal.print_json(sync_form(met.changes, met.answers))
    else:
        terminal.tell(summary(met.changes, dry_run))
        tell_changed(terminal, met)
    end(terminal, met)


def synced(
    terminal: Terminal,
    library: "Library",
    ids: list[str],
    name: str,
    line: Callable[[Change], str] | None,
    golden: Sequence[Path] = (),
    dry_run: bool = False,
) -> "Met":
    """Sync some sources, told line by line, and compare the answers before and after."""
    from bot.discord.records.golden_questions import comparing, watched_questions

    watched = [] if dry_run else watched_questions(library, name, golden)
    with comparing(library, watched) as compared, progress_bar(terminal, library.count()) as bar:
        library.existing(name)
        changes = chain.from_iterable(
            library.sync(some, store, bar.passages, dry_run)
            for store, some in library.collections.knowing(ids, name).items()
        )
        met = follow(changes, bar, line, give_up_at(terminal, library))
        # Nothing is asked where nothing changed, nor after Ctrl-C.
        compared.changes += [] if met.stopped or dry_run else met.changes
    met.answers = compared.answers
    return met


def tell_changed(terminal: Terminal, met: "Met") -> None:
    """Say which answers are others by now."""
    for told in changed_lines(met.answers):
        terminal.tell(told)


def refresh(
    context: typer.Context,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Which, as for `show`; all if none is named."),
    ] = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Read documents from their sources again.

    What has changed is replaced; what can't be read any more is kept as it is. Where no document is
    named, folders and sites are synced, as by `footnote sync`.
    """
    terminal = terminal_of(context)
    with library_of(context, home) as opened:
        give_up = give_up_at(terminal, opened)
        if ids:
            opened.existing(library)
            stores = opened.collections.stores(library)
            placed = opened.collections.holding(ids, stores)
            total = sum(map(len, placed.values()))
            with progress_bar(terminal, total) as bar:
                results = chain.from_iterable(
                    opened.refresh(some, store, bar.passages) for store, some in placed.items()
                )
                told = tell(results, json, bar, give_up)
        else:
            met = synced(terminal, opened, [], library, None if json else refresh_line)
    if ids:
        conclude(terminal, told, total, json)
        return
    if json:
        terminal.print_json(refreshed_form(met.changes, met.answers))
    else:
        tell_changed(terminal, met)
    end(terminal, met)


@dataclass(slots=True)
class Met:
    """The changes so far; `stopped` where Ctrl-C ended the work there. `answers` are others now."""

    changes: list[Change] = field(default_factory=list)
    stopped: bool = False
    answers: list["ChangedAnswer"] = field(default_factory=list)


def give_up_at(terminal: Terminal, library: "Library") -> Callable[[], None] | None:
    """End what is being fetched or read at Ctrl-C, where no other verb may be at it as well."""
    return library.intake.close if terminal.own else None


def follow(
    changes: Iterator[Change],
    bar: Bar,
    line: Callable[[Change], str] | None,
    give_up: Callable[[], None] | None,
) -> Met:
    """Print the line of each change, where it has one, and return them all."""
    met = Met()
    try:
        with nullcontext() if give_up is None else on_ctrl_c(give_up):
            for change in changes:
                met.changes.append(change)
                bar.done()
                if line is not None and (told := line(change)):
                    bar.console.print(told)
    except KeyboardInterrupt:
        met.stopped = True
    return met


def end(terminal: Terminal, met: Met) -> None:
    """Say what failed; exit with 1 if something did, or as Ctrl-C does."""
    lines = failure_lines(met.changes)
    for line in lines:
        terminal.notice(line)
    if met.stopped:
        terminal.notice("footnote: kept what was done; the same command goes on from there.")
        raise KeyboardInterrupt
    if lines:
        raise typer.Exit(1)
