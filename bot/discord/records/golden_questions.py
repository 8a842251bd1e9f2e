"""Questions whose answers matter: an operator's golden ones, and those with liked answers.

They are asked before and after documents change, so that nobody changes an answer unawares.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.discord.services.libraries import library_of, visible_libraries
from retrieval.errors import FootnoteError
from retrieval.indexing.sync.change import Change
from retrieval.store.files.names import golden_files
from retrieval.types import COMMON

from .activity_file import ACTIVITY
from .question_log import QuestionLog

if TYPE_CHECKING:
    from retrieval.evaluation.changed_answers import ChangedAnswer, Watched
    from retrieval.evaluation.golden import Golden
    from retrieval.library import Library

log = logging.getLogger(__name__)

# Liked answers that are looked at, the newest.
MOST = 100


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


def if_readable(watched: Callable[[], list["Watched"]]) -> list["Watched"]:
    """Some questions, none where a golden file can't be read: that must not stop a sync."""
    try:
        return watched()
    except FootnoteError as error:
        log.warning("questions not asked", extra={"why": str(error)})
        return []


def watched_questions(
    library: "Library", name: str, golden: Sequence[Path] = ()
) -> list["Watched"]:
    """The questions that are asked of a library: those of golden files, and liked ones."""
    from retrieval.evaluation.changed_answers import Watched

    found = _golden([*golden, *kept_files(library)], name)
    own = [Watched(one.question, (name,)) for one in found if one.library == name]
    liked = (Watched(question, asked) for question, _, asked in _liked(library))
    return [*own, *(one for one in liked if name in one.libraries)]


def watched_in_server(library: "Library", guild: int) -> list["Watched"]:
    """The questions that matter to a server's members, asked as they ask: golden ones of its
    library, of `common`, or of none, and the liked ones that were asked there."""
    from retrieval.evaluation.changed_answers import Watched

    visible, own = tuple(visible_libraries(library, guild)), library_of(guild)
    found = _golden(kept_files(library), own)
    golden = [Watched(one.question, visible) for one in found if one.library in {own, COMMON}]
    liked = [question for question, where, _ in _liked(library) if where == guild]
    return [*golden, *(Watched(question, visible) for question in liked)]


def kept_files(library: "Library") -> list[Path]:
    """The files of golden questions in a home."""
    return golden_files(library.home.folder)


def _golden(files: Sequence[Path], name: str) -> Sequence["Golden"]:
    from retrieval.evaluation.golden_files import read_questions

    if not files:
        return ()
    found = read_questions(files, name)
    if found.documents:
        raise FootnoteError(f"{files[0]} brings its own documents: name cases in YAML instead.")
    return found.cases


def _liked(library: "Library") -> Iterator[tuple[str, int | None, tuple[str, ...]]]:
    """Yield the questions that members liked the answers to, with the server and the libraries."""
    path = library.home.folder / ACTIVITY
    if not path.exists():
        return
    with closing(QuestionLog(path)) as question_log:
        liked = question_log.liked(MOST)
    for question, guild in liked:
        yield question, guild, tuple(visible_libraries(library, guild))
