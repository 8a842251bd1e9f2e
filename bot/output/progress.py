"""The progress bar of long work, drawn on a terminal only."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from .terminal import Terminal

if TYPE_CHECKING:
    from retrieval.types import Added


@dataclass(frozen=True, slots=True)
class Bar:
    """Callbacks for passages embedded and a document done, and a console to print on meanwhile."""

    passages: Callable[[int], None]
    done: Callable[[], None]
    console: Console


@contextmanager
def progress_bar(terminal: Terminal, total: int) -> Iterator[Bar]:
    """Show the progress of documents, on a terminal only."""
    console = terminal.console(terminal.stderr)
    columns = (
        TextColumn("Adding"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[passages]:,} passages,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not terminal.stderr.isatty(),
        redirect_stdout=False,
        redirect_stderr=terminal.own,
    ) as bar:
        task = bar.add_task("", total=total, passages=0)
        embedded = finished = 0

        def passages(count: int) -> None:
            nonlocal embedded
            terminal.look_up(console)
            embedded += count
            bar.update(task, passages=embedded)

        def done() -> None:
            nonlocal finished
            finished += 1
            # An archive was counted as one, and holds many.
            bar.update(task, completed=finished, total=max(total, finished))
            terminal.look_up(console)

        # What goes to standard output is only put above the bar where both are one terminal.
        both = terminal.stdout.isatty() and terminal.stderr.isatty()
        above = console if both else terminal.console()
        yield Bar(passages, done, above)


@contextmanager
def question_bar(terminal: Terminal, total: int) -> Iterator[Callable[[], None]]:
    """Show the progress of questions, on a terminal only; gives a callback for each one asked."""
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns,
        console=terminal.console(terminal.stderr),
        transient=True,
        disable=not terminal.stderr.isatty(),
        redirect_stdout=terminal.own,
        redirect_stderr=terminal.own,
    ) as bar:
        task = bar.add_task("", total=total)

        def asked() -> None:
            terminal.look_up(bar.console)
            bar.advance(task)

        yield asked


def watched(results: Iterable["Added"], done: Callable[[], None]) -> Iterator["Added"]:
    """The results as they come, each counted."""
    for result in results:
        done()
        yield result
