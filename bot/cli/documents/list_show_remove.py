"""The verbs for documents that are there: `list`, `show`, `remove`."""

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
from bot.output.document_list import show_document, show_documents
from bot.output.json_forms import document_form
from bot.output.text import printable
from retrieval.types import COMMON

Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID", help="Ids, as `footnote list` shows, or their beginnings."),
]


def list_documents(
    context: typer.Context,
    library: LibraryOption = COMMON,
    collection: CollectionOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List the documents of a library."""
    with library_of(context, home) as opened:
        opened.existing(library)
        stores = stores_of(opened, library, collection)
        documents = [document for store in stores for document in opened.documents(store)]
    terminal = terminal_of(context)
    if json:
        terminal.print_json({"documents": [document_form(document) for document in documents]})
    else:
        show_documents(terminal.console(), documents)


def show(
    context: typer.Context,
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="An id, as `footnote list` shows it, or its beginning."),
    ],
    library: LibraryOption = COMMON,
    collection: CollectionOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show a document's source and its stored text."""
    with library_of(context, home) as opened:
        opened.existing(library)
        placed = opened.collections.holding([id], stores_of(opened, library, collection))
        [(store, [whole])] = placed.items()
        document, text = opened.document(whole, store), opened.text(whole, store)
    terminal = terminal_of(context)
    if json:
        terminal.print_json({**document_form(document), "text": text})
    else:
        show_document(terminal.console(), document, text)


def remove(
    context: typer.Context,
    ids: Ids,
    library: LibraryOption = COMMON,
    collection: CollectionOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Remove documents.

    If one of the ids is unknown, none is removed.
    """
    with library_of(context, home) as opened:
        opened.existing(library)
        placed = opened.collections.holding(ids, stores_of(opened, library, collection))
        removed = [one for store, some in placed.items() for one in opened.remove(some, store)]
    terminal = terminal_of(context)
    if json:
        terminal.print_json({"removed": [document_form(document) for document in removed]})
    else:
        for document in removed:
            terminal.console().print(f"Removed {document.id}  {printable(document.title)}")
