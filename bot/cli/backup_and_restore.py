"""The verbs that keep a home in one file: `backup`, `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.output.text import many

from .context import HomeOption, JsonOption, library_of, settings_of, terminal_of

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


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

    Documents, their vectors, the synonyms, the calibration and the records are in it, each library
    as it is at one moment; the bot may go on meanwhile. Keys and tokens are not.
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
        opened.fitted = in_force(
            load_fitted(opened.embedder.multilingual), kept, opened.embedder.identity
        )
    for name in done.kept:
        terminal.notice(f"The home has a {name} of its own, which stays as it is.")
    if json:
        terminal.print_json({"documents": done.documents, "made_at": done.made_at})
    else:
        terminal.tell(
            f"Restored {many(done.documents, 'document')} from the backup of {done.made_at}."
        )
