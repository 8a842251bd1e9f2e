"""Tell what became of each source that is added or read again, as soon as it is settled."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

import typer

from bot.cli.context import SAMPLE_GONE
from bot.output.json_forms import added_form
from bot.output.progress import Bar
from bot.output.terminal import Terminal
from bot.output.text import many, printable
from retrieval.types import Added


@dataclass(slots=True)
class Told:
    """The results so far; `stopped` where Ctrl-C ended the work there. `left_out` is what is said
    of archives, by their names."""

    results: list[Added] = field(default_factory=list)
    stopped: bool = False
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def add(self, result: Added) -> None:
        """Keep the result of a document; of a whole archive only what was left out is kept."""
        if result.is_whole_archive:
            self.left_out.append((result.source, result.left_out))
        else:
            self.results.append(result)


def tell(
    results: Iterator[Added], json: bool, bar: Bar, give_up: Callable[[], None] | None
) -> Told:
    """Print a line for each source that is in, unless it is to be JSON.

    Ctrl-C calls `give_up`, if given, which ends what is being fetched or read.
    """
    told = Told()
    try:
        with nullcontext() if give_up is None else on_ctrl_c(give_up):
            for result in results:
                told.add(result)
                bar.done()
                if result.document is not None and not json:
                    id, title = result.document.id, printable(result.document.title)
                    bar.console.print(f"{_verdict(result):9}  {id}  {title}{_elsewhere(result)}")
    except KeyboardInterrupt:
        told.stopped = True
    return told


@contextmanager
def on_ctrl_c(give_up: Callable[[], None]) -> Iterator[None]:
    """Have Ctrl-C end what is being fetched or read in the block, by a function."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        give_up()
        raise KeyboardInterrupt

    if (usual := signal.getsignal(signal.SIGINT)) is not signal.default_int_handler:
        yield  # another handler hears it, or it is to be ignored
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
    """Say what failed; exit with 1 if something did, or as Ctrl-C does."""
    if json:
        terminal.print_json(added_form(told.results))
    if any(result.ended_sample for result in told.results):
        terminal.notice(SAMPLE_GONE)
    failed = [result.error for result in told.results if result.error is not None]
    # An archive is one source, and holds many.
    total = max(total, len(told.results))
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


def tell_left_out(terminal: Terminal, left_out: Sequence[tuple[str, str]]) -> None:
    """Tell what was left out of folders and archives, by their names if there are several."""
    told = [(name, sentence) for name, sentence in left_out if sentence]
    for name, sentence in told:
        several = f"{printable(name)}: {sentence[0].lower()}{sentence[1:]}"
        terminal.notice(several if len(told) > 1 else sentence)
