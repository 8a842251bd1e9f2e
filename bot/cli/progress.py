"""The progress bar of long work, drawn on a terminal only."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from ..console import make_console

if TYPE_CHECKING:
    from retrieval.schema import Added


@contextmanager
def progress_bar(total: int) -> Iterator[tuple[Callable[[int], None], Callable[[], None]]]:
    """What to call for passages embedded and for a document done; drawn only on a terminal."""
    console = make_console(sys.stderr)
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
        disable=not sys.stderr.isatty(),
        # What goes to standard output is only put above the bar where both are one terminal.
        redirect_stdout=sys.stdout.isatty(),
    ) as bar:
        task = bar.add_task("", total=total, passages=0)
        embedded = 0

        def passages(count: int) -> None:
            nonlocal embedded
            embedded += count
            bar.update(task, passages=embedded)

        yield passages, lambda: bar.advance(task)


@contextmanager
def question_bar(total: int) -> Iterator[Callable[[], None]]:
    """What to call for a question asked; drawn only on a terminal."""
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = make_console(sys.stderr)
    with Progress(
        *columns, console=console, transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def watched(results: Iterable["Added"], done: Callable[[], None]) -> Iterator["Added"]:
    """The results as they come, each counted."""
    for result in results:
        done()
        yield result
