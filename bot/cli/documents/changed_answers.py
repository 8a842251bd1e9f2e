"""Questions that are asked before and after a sync: golden ones, and those with liked answers."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.output.changed_answers import keep_changed

if TYPE_CHECKING:
    from bot.discord.records.golden_questions import Comparison
    from retrieval.library import Library

log = logging.getLogger(__name__)

GoldenFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--golden", metavar="FILE", help="Golden questions, as for eval, to ask before and after."
    ),
]


@contextmanager
def comparing_in_background(library: "Library", name: str) -> Iterator["Comparison"]:
    """The same around a sync that no person waits for: what changed is kept for `doctor`."""
    from bot.discord.records.golden_questions import comparing, if_readable, watched_questions

    watched = if_readable(lambda: watched_questions(library, name))
    with comparing(library, watched) as comparison:
        yield comparison
    if comparison.answers:
        log.warning("answers changed", extra={"library": name, "answers": len(comparison.answers)})
        keep_changed(library.home.folder, name, comparison.answers)
