"""What became of sources: told as it happens, and what failed once more at the end."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

import typer

from bot.output.console import many, printable
from bot.output.json_forms import added_form
from bot.output.progress import Bar
from bot.output.terminal import Terminal
from retrieval.types import Added


@dataclass(slots=True)
class Told:
    """What became of the sources so far, and whether Ctrl-C ended it there."""

    results: list[Added] = field(default_factory=list)
    stopped: bool = False


def tell(
    results: Iterator[Added], json: bool, bar: Bar, give_up: Callable[[], None] | None
) -> Told:
    """Prints a line for each source that is in, unless it is to be JSON.

    Ctrl-C calls `give_up`, which ends what is being fetched or read, where there is anything to
    end, and is put down in what was told.
    """
    told = Told()
    try:
        with nullcontext() if give_up is None else _on_ctrl_c(give_up):
            for result in results:
                told.results.append(result)
                bar.done()
                if result.document is not None and not json:
                    id, title = result.document.id, printable(result.document.title)
                    bar.console.print(f"{_verdict(result):9}  {id}  {title}{_elsewhere(result)}")
    except KeyboardInterrupt:
        told.stopped = True
    return told


@contextmanager
def _on_ctrl_c(give_up: Callable[[], None]) -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> NoReturn:
        give_up()
        raise KeyboardInterrupt

    if (usual := signal.getsignal(signal.SIGINT)) is not signal.default_int_handler:
        yield  # somebody else hears it, or nobody shall
        return
    signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _verdict(result: Added) -> str:
    if result.unchanged:
        return "unchanged"
    return "replaced" if result.replaced else "added"


def _elsewhere(result: Added) -> str:
    if not result.elsewhere or result.document is None:
        return ""
    return f"  (has the content of {printable(result.source)})"


def conclude(terminal: Terminal, told: Told, total: int, json: bool) -> None:
    """Says what failed; exits with 1 if something did, or as Ctrl-C does."""
    if json:
        terminal.print_json(added_form(told.results))
    failed = [result.error for result in told.results if result.error is not None]
    if len(failed) > 1:
        terminal.notice(f"footnote: {len(failed):,} of {many(total, 'source')} failed:")
    for error in failed:
        terminal.notice(f"footnote: {error}")
    if told.stopped:
        count = len(told.results) - len(failed)
        terminal.notice(
            f"footnote: kept what was done, {count:,} of {many(total, 'source')}; "
            "the same command goes on from there."
        )
        raise KeyboardInterrupt
    if failed:
        raise typer.Exit(1)
