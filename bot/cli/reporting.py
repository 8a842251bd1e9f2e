"""What became of sources: told as it happens, and what failed once more at the end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import typer

from retrieval.schema import Added

from ..console import make_console, many, printable
from ..forms import added_form
from .state import notice, print_json


@dataclass(slots=True)
class Told:
    """What became of the sources so far, and whether Ctrl-C ended it there."""

    results: list[Added] = field(default_factory=list)
    stopped: bool = False


def tell(results: Iterator[Added], json: bool, done: Callable[[], None]) -> Told:
    """Prints a line for each source that is in, unless it is to be JSON; calls `done` for each."""
    told, console = Told(), make_console()
    try:
        for result in results:
            told.results.append(result)
            done()
            if result.document is not None and not json:
                id, title = result.document.id, printable(result.document.title)
                console.print(f"{_verdict(result):9}  {id}  {title}{_elsewhere(result)}")
    except KeyboardInterrupt:
        told.stopped = True
    return told


def _verdict(result: Added) -> str:
    if result.unchanged:
        return "unchanged"
    return "replaced" if result.replaced else "added"


def _elsewhere(result: Added) -> str:
    if not result.elsewhere or result.document is None:
        return ""
    return f"  (has the content of {printable(result.source)})"


def conclude(told: Told, total: int, json: bool) -> None:
    """Says what failed; exits with 1 if something did, or as Ctrl-C does."""
    if json:
        print_json(added_form(told.results))
    failed = [result.error for result in told.results if result.error is not None]
    if len(failed) > 1:
        notice(f"footnote: {len(failed):,} of {many(total, 'source')} failed:")
    for error in failed:
        notice(f"footnote: {error}")
    if told.stopped:
        count = len(told.results) - len(failed)
        notice(
            f"footnote: {count:,} of {many(total, 'source')} are done and kept; "
            "the same command goes on from there."
        )
        raise KeyboardInterrupt
    if failed:
        raise typer.Exit(1)
