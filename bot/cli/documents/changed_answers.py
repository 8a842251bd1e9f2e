"""Questions that are asked before and after a sync: golden ones, and those with liked answers."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.output.changed_answers import keep_changed
from retrieval.errors import FootnoteError
from retrieval.types import Change

if TYPE_CHECKING:
    from retrieval.evaluation.changed_answers import ChangedAnswer, Watched
    from retrieval.library import Library

log = logging.getLogger(__name__)

GoldenFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--golden", metavar="FILE", help="Golden questions, as for eval, to ask before and after."
    ),
]


@dataclass(slots=True)
class Comparison:
    """The changes of a sync, noted while it goes on, and the answers that are others after it."""

    changes: list[Change] = field(default_factory=list)
    answers: list["ChangedAnswer"] = field(default_factory=list)


@contextmanager
def comparing(library: "Library", watched: Sequence["Watched"]) -> Iterator[Comparison]:
    """Ask questions before the block, and after it if anything changed there."""
    from retrieval.evaluation.changed_answers import ask_all, compare

    comparison = Comparison()
    before = ask_all(library, watched)
    yield comparison
    if any(change.kind not in {"unchanged", "failed"} for change in comparison.changes):
        comparison.answers = compare(before, ask_all(library, watched))


@contextmanager
def comparing_in_background(library: "Library", name: str) -> Iterator[Comparison]:
    """The same around a sync that no person waits for: what changed is kept for `doctor`."""
    from bot.discord.records.golden_questions import watched_questions

    try:
        watched = watched_questions(library, name)
    except FootnoteError as error:  # a golden file that can't be read must not stop a sync
        log.warning("questions not asked", extra={"library": name, "why": str(error)})
        watched = []
    with comparing(library, watched) as comparison:
        yield comparison
    if comparison.answers:
        log.warning("answers changed", extra={"library": name, "answers": len(comparison.answers)})
        keep_changed(library.home.folder, name, comparison.answers)
