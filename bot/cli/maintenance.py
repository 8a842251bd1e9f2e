"""The verbs that take care of a home: `reindex`, `doctor`, `backup`, `restore` and
`synonyms`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.doctor.check_result import Check
from bot.doctor.check_up import check_up
from bot.output.progress import progress_bar
from bot.output.terminal import Terminal
from bot.output.text import many, printable
from retrieval.store.synonyms import add_synonyms, read_synonyms, remove_synonyms

from .context import HomeOption, JsonOption, library_of, settings_of, shell_of, terminal_of

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def reindex(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Make all indexes anew from the stored texts.

    Needed when FOOTNOTE_EMBEDDING_MODEL has changed. The documents' own files are not read again.
    """
    documents, terminal = 0, terminal_of(context)
    with library_of(context, home) as opened:
        total, model = opened.count(), opened.embedder.identity
        with progress_bar(terminal, total) as bar:
            for _ in opened.reindex(bar.passages):
                documents += 1
                bar.done()
    if json:
        terminal.print_json({"documents": documents, "embedding_model": model})
    else:
        terminal.console().print(f"Reindexed {documents} documents with {model}.")


def doctor(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Check that all is well, and say what to do.

    Looks at the home, the embedding model, every library and its index, the chat model, which is
    asked for a word, and the settings.
    """
    terminal, held = terminal_of(context), shell_of(context).held
    checks = list(check_up(settings_of(context, home), held.library if held else None))
    well = all(check.ok for check in checks)
    if json:
        terminal.print_json({"ok": well, "checks": [check.form() for check in checks]})
    else:
        show_checks(terminal.console(), checks)
    if not well:
        raise typer.Exit(1)


def show_checks(console: Console, checks: list[Check]) -> None:
    """A line for each check; what to do stands below what is wrong."""
    for check in checks:
        console.print(f"{'ok' if check.ok else 'WRONG':6} {check.name:12} {check.found}")
        if check.advice:
            console.print(f"{'':19} → {check.advice}")


def backup(
    context: typer.Context,
    file: File,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if it is there.")
    ] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Write everything the home holds to one file.

    Documents, their vectors, the calibration and the records are in it, each library as it is at
    one moment; the bot may go on meanwhile. Keys and tokens are not.
    """
    terminal = terminal_of(context)
    with library_of(context, home) as opened:
        made = opened.back_up(terminal.path(file), force)
    if json:
        terminal.print_json(
            {"file": str(made.file), "documents": made.documents, "bytes": made.bytes}
        )
    else:
        what = f"{many(made.documents, 'document')}, {made.bytes / 1e6:,.1f} MB"
        terminal.tell(f"Backed up to {file}: {what}.")
    if made.without_vectors:
        terminal.notice(
            f"{many(made.without_vectors, 'passage')} had no vector to be had, which are made "
            "again after a restore."
        )


def restore(
    context: typer.Context, file: File, json: JsonOption = False, home: HomeOption = None
) -> None:
    """Make an empty home what it was when a backup was made.

    The file is checked to the last byte before anything is touched.
    """
    from retrieval.weights.calibration_file import in_force, read_kept
    from retrieval.weights.fitted import load_fitted

    terminal = terminal_of(context)
    with library_of(context, home) as opened:
        done = opened.restore(terminal.path(file))
        kept = read_kept(settings_of(context, home).home)
        opened.fitted = in_force(load_fitted(), kept, opened.embedder.identity)
    for name in done.kept:
        terminal.notice(f"The home has a {name} of its own, which stays as it is.")
    if json:
        terminal.print_json({"documents": done.documents, "made_at": done.made_at})
    else:
        terminal.tell(
            f"Restored {many(done.documents, 'document')} from the backup of {done.made_at}."
        )


class Action(StrEnum):
    """The things that can be done with synonyms."""

    LIST = "list"
    ADD = "add"
    REMOVE = "remove"


def synonyms(
    context: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="list, add or remove.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD", help="Words or quoted phrases, for add and remove."),
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List, add or remove synonyms.

    Words that stand for one another: where a question holds one of them, the others are looked up
    beside it. The common ones come with Footnote; these are the home's own.
    """
    terms, terminal = words or [], terminal_of(context)
    if (action is Action.LIST) == bool(terms):
        raise typer.BadParameter(f"{action.value} wants {'no words' if terms else 'words'}.")
    with library_of(context, home) as opened:
        folder = opened.home.folder
        if action is Action.LIST:
            _tell_synonyms(terminal, read_synonyms(folder), json)
            return
        change = add_synonyms if action is Action.ADD else remove_synonyms
        done, key = change(folder, terms), "added" if action is Action.ADD else "removed"
    if json:
        terminal.print_json({key: done})
    else:
        terminal.tell(f"{key.capitalize()}: {', '.join(done)}")


def _tell_synonyms(terminal: Terminal, groups: list[list[str]], json: bool) -> None:
    if json:
        terminal.print_json({"synonyms": groups})
    elif not groups:
        terminal.notice("No synonyms of your own yet. Add some: footnote synonyms add WORD WORD")
    for group in groups if not json else []:
        terminal.tell(", ".join(map(printable, group)))
