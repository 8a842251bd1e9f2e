"""The verbs for what documents came from: `sync` and `refresh` look at it again."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import HomeOption, JsonOption, LibraryOption, library_of, terminal_of
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
from retrieval.types import COMMON, Change

from .results import conclude, on_ctrl_c, tell

if TYPE_CHECKING:
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
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Make documents what their folders, sites, files and pages hold now.

    What is new is added, what has changed is replaced, what was renamed keeps its id, and what is
    gone is removed. A folder that is gone or empty, or a site that doesn't answer, removes nothing.
    """
    terminal = terminal_of(context)
    with library_of(context, home) as opened, progress_bar(terminal, opened.count()) as bar:
        changes = opened.sync(ids or [], library, bar.passages, dry_run)
        line = preview_line if dry_run else change_line
        met = follow(changes, bar, None if json else line, give_up_at(terminal, opened))
    if json:
        terminal.print_json(sync_form(met.changes))
    else:
        terminal.tell(summary(met.changes, dry_run))
    end(terminal, met)


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
            total = len(opened.refreshable(ids, library))
            with progress_bar(terminal, total) as bar:
                told = tell(opened.refresh(ids, library, bar.passages), json, bar, give_up)
        else:
            with progress_bar(terminal, opened.count()) as bar:
                changes = opened.sync((), library, bar.passages)
                met = follow(changes, bar, None if json else refresh_line, give_up)
    if ids:
        conclude(terminal, told, total, json)
        return
    if json:
        terminal.print_json(refreshed_form(met.changes))
    end(terminal, met)


@dataclass(slots=True)
class Met:
    """The changes so far; `stopped` where Ctrl-C ended the work there."""

    changes: list[Change] = field(default_factory=list)
    stopped: bool = False


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
