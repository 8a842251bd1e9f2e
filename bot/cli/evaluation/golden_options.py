"""Golden questions on the command line: their files, their documents, and the library asked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import Shell, drop_sample
from bot.output.progress import progress_bar, watched
from bot.output.terminal import Terminal
from bot.settings import Settings
from bot.wiring import open_library, temporary_library
from retrieval.errors import FootnoteError

if TYPE_CHECKING:
    from retrieval.evaluation.golden_files import GoldenSet
    from retrieval.evaluation.run import Plan
    from retrieval.library import Library

ENDINGS = {".yaml", ".yml", ".json"}
FILES = (
    "Golden questions: YAML, or JSON in SQuAD 2.0's format, whose articles are then the documents."
)
Files = Annotated[list[Path], typer.Argument(metavar="FILE", help=FILES)]
Documents = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="PATH…",
        help="Ask of these files or folders, in a temporary home, instead of the current home. Of "
        "several names here, those in .yaml, .yml or .json are still questions.",
    ),
]
Questions = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=1, help="Ask only N of the questions, evenly spread over all of them."
    ),
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The golden questions to ask, how many of them, of which documents, in which library."""

    files: Sequence[Path]
    documents: Sequence[Path]
    questions: int | None
    name: str


@contextmanager
def library_to_ask(
    shell: Shell, settings: Settings, chosen: Chosen
) -> Iterator[tuple["Library", "Plan"]]:
    """The library that holds what golden questions are about, and the plan of asking them.

    Raises FootnoteError where the questions or the documents can't be read.
    """
    from retrieval.evaluation.golden import spread
    from retrieval.evaluation.golden_files import read_questions
    from retrieval.evaluation.run import check_cases, plan
    from retrieval.store.library_store import check_name

    terminal, name = shell.terminal, check_name(chosen.name)
    named = [terminal.path(path) for path in chosen.documents]
    files, documents = told_apart(chosen.files, named)
    golden = read_questions(files, name)
    if chosen.questions is not None:
        golden = replace(golden, cases=tuple(spread(golden.cases, chosen.questions)))
    if golden.documents and documents:
        raise typer.BadParameter("SQuAD's questions bring their own documents.")
    for case in golden.cases if documents else ():
        if case.library != name:
            raise FootnoteError(
                f"{case.place}: the library {case.library!r} would be empty: --documents fills "
                f"{name!r} alone."
            )
    with _opened(shell, settings, temporary=bool(golden.documents or documents)) as opened:
        _fill(terminal, opened, golden, documents, name)
        drop_sample(terminal, opened)
        check_cases(opened, golden.cases)
        yield opened, plan(golden)


@contextmanager
def _opened(shell: Shell, settings: Settings, temporary: bool) -> Iterator["Library"]:
    """An empty library, or that of the home."""
    if shell.held is not None and not temporary:
        yield shell.held.library
        return
    with (temporary_library if temporary else open_library)(settings) as opened:
        yield opened


def told_apart(files: Sequence[Path], documents: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Files of questions, and documents.

    Of several names after --documents the command line takes only the first for its own: the rest
    are known by their not ending as files of questions do.
    """
    if not documents:
        return list(files), []
    questions = [file for file in files if file.suffix.lower() in ENDINGS] or list(files)
    return questions, [*documents, *(file for file in files if file not in questions)]


def _fill(
    terminal: Terminal,
    library: "Library",
    golden: "GoldenSet",
    documents: Sequence[Path],
    name: str,
) -> None:
    """Put the articles, or the documents named, into a temporary library."""
    from retrieval.evaluation.run import add_articles
    from retrieval.reading.source import from_paths

    if golden.documents:
        with progress_bar(terminal, 2 * len(golden.documents)) as bar:
            for _ in watched(add_articles(library, golden.documents, bar.passages), bar.done):
                pass
    elif documents:
        sources = list(from_paths([str(path) for path in documents]))
        with progress_bar(terminal, len(sources)) as bar:
            for added in watched(library.add(sources, name, "eval", bar.passages), bar.done):
                if added.error is not None:
                    raise FootnoteError(added.error)
