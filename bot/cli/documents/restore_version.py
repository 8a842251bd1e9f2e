"""The verb `restore-version`: a document says what it said before, until its source changes."""

from typing import Annotated

import typer

from bot.cli.context import (
    CollectionOption,
    HomeOption,
    JsonOption,
    LibraryOption,
    library_of,
    stores_of,
    terminal_of,
)
from bot.output.json_forms import document_form
from bot.output.progress import progress_bar
from bot.output.text import printable
from retrieval.types import COMMON


def restore_version(
    context: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT", help="An id, as `footnote list` shows it, or its beginning."
        ),
    ],
    library: LibraryOption = COMMON,
    collection: CollectionOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take a document back to the version it had before.

    It stays so until its source changes once more: what the source holds now does not come back by
    itself. The version before the present one is kept for 30 days; called again, this takes the
    document back to the newer one.
    """
    terminal = terminal_of(context)
    with library_of(context, home) as opened, progress_bar(terminal, 1) as bar:
        opened.existing(library)
        placed = opened.collections.holding([id], stores_of(opened, library, collection))
        [(store, [whole])] = placed.items()
        document, replaced_at = opened.restore_version(whole, store, bar.passages)
        bar.done()
    if json:
        terminal.print_json({"document": document_form(document), "replaced_at": replaced_at})
    else:
        terminal.tell(
            f"{document.id}  {printable(document.title)} says again what it said until "
            f"{replaced_at[:10]}. It stays so until its source changes."
        )
