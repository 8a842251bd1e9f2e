"""The verb for what is kept of a member of Discord: `privacy`."""

import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import HomeOption, JsonOption, library_of, terminal_of
from retrieval.errors import FootnoteError

if TYPE_CHECKING:
    from bot.discord.knowledge.privacy.personal import Personal


def privacy(
    context: typer.Context,
    member: Annotated[
        int,
        typer.Argument(
            metavar="MEMBER", help="A member's number, as Discord's *Copy ID* gives it."
        ),
    ],
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write all of it to a JSON file."),
    ] = None,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete all of it, and opt the member out.")
    ] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show, export or delete what is kept of a member.

    That is what they asked, voted, wrote and wanted to be told, and the documents that hold their
    words. Members do the same by /privacy. With --delete, --export is done first.
    """
    from bot.discord.knowledge.privacy.in_words import deleted_lines, kept_lines
    from bot.discord.knowledge.privacy.personal import delete_personal, read_personal
    from bot.discord.records.records import open_records

    terminal = terminal_of(context)
    with library_of(context, home) as library, open_records(library.home.folder) as records:
        personal = read_personal(library, records.privacy, member)
        if export is not None:
            _write(export, personal)
        deleted = delete_personal(library, records.privacy, member) if delete else None
    if json:
        left = [] if deleted is None else [info.id for _, info in deleted.mentioned]
        terminal.print_json({**personal.form(), "deleted": delete, "mentioned_in": left})
        return
    lines = kept_lines(personal) if deleted is None else deleted_lines(deleted)
    for line in lines:
        terminal.tell(line.replace("**", ""))


def _write(file: Path, personal: "Personal") -> None:
    """Write what is kept to a new file. Raises FootnoteError where it can't be."""
    text = json_module.dumps(personal.form(), ensure_ascii=False, indent=1)
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(f"{text}\n")
    except FileExistsError as error:
        raise FootnoteError(f"{file} is there already. Name another file.") from error
    except OSError as error:
        raise FootnoteError(f"{file} can't be written: {error.strerror}.") from error
