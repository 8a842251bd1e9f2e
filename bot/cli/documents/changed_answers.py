"""Questions that are asked before and after a sync: golden ones, and those with liked answers."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.output.changed_answers import keep_changed
from retrieval.errors import FootnoteError
from retrieval.types import COMMON, Change

if TYPE_CHECKING:
    from retrieval.evaluation.changed_answers import ChangedAnswer, Watched
    from retrieval.library import Library

log = logging.getLogger(__name__)

# In a home: files of golden questions that are asked whenever documents are synced.
FOLDER = "golden"
# Liked answers that are looked at, the newest.
MOST = 100
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


def watched_questions(
    library: "Library", name: str, golden: Sequence[Path] = ()
) -> list["Watched"]:
    """The questions that are asked of a library: those of golden files, and liked ones."""
    kept = sorted((library.home.folder / FOLDER).glob("*.y*ml"))
    return [*_golden([*golden, *kept], name), *_liked(library, name)]


def _golden(files: Sequence[Path], name: str) -> Iterator["Watched"]:
    from retrieval.evaluation.changed_answers import Watched
    from retrieval.evaluation.golden_files import read_questions

    if not files:
        return
    found = read_questions(files, name)
    if found.documents:
        raise FootnoteError(f"{files[0]} brings its own documents: name cases in YAML instead.")
    yield from (Watched(one.question, (name,)) for one in found.cases if one.library == name)


def _liked(library: "Library", name: str) -> Iterator["Watched"]:
    """The questions that members liked the answers to, if the library is asked for those."""
    from bot.discord.libraries import library_of
    from bot.discord.records.question_log import QuestionLog
    from retrieval.evaluation.changed_answers import Watched

    path = library.home.folder / "activity.db"
    if not path.exists():
        return
    with closing(QuestionLog(path)) as question_log:
        liked = question_log.liked(MOST)
    for question, guild in liked:
        own = [] if guild is None else [library_of(guild)]
        asked = (*(one for one in own if library.has(one)), COMMON)
        if name in asked:
            yield Watched(question, asked)
