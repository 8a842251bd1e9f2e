"""The verbs for documents: `add`, `list`, `show`, `remove`, `refresh`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.schema import COMMON

from ..console import make_console, printable, show_document, show_documents
from ..forms import added_form, document_form
from .options import HomeOption, JsonOption, LibraryOption
from .progress import progress_bar, watched
from .state import library_of, notice, print_json

if TYPE_CHECKING:
    from retrieval.adding import Added
    from retrieval.sources import Source

Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Ids, as `footnote list` shows.")]


def add(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="Files, folders, or - for standard input."),
    ],
    title: Annotated[
        str | None, typer.Option("--title", help="What to call it (for a single document).")
    ] = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add documents: files, folders, or what is piped in.

    Plain text, Markdown and HTML are read; folders are gone through to the bottom. What is
    unchanged is skipped; a file that has changed replaces its older version.
    """
    chosen = named_sources(sources, title)
    if title is not None and len(chosen) > 1:
        raise typer.BadParameter("a title is for one document, and there are several.")
    with library_of(context, home) as opened, progress_bar(len(chosen)) as (passages, done):
        results = list(watched(opened.add(chosen, library, progress=passages), done))
    report(results, json)


def named_sources(names: Sequence[str], title: str | None) -> list["Source"]:
    """The sources that the arguments name, standard input read to its end."""
    from retrieval.sources import STANDARD_INPUT, from_paths, from_text

    chosen = list(from_paths([name for name in names if name != STANDARD_INPUT], title))
    if STANDARD_INPUT in names:
        chosen.append(from_text(sys.stdin.buffer.read(), title))
    return chosen


def list_documents(
    context: typer.Context,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List the documents of a library."""
    with library_of(context, home) as opened:
        documents = opened.documents(library)
    if json:
        print_json({"documents": [document_form(document) for document in documents]})
    else:
        show_documents(make_console(), documents)


def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="An id, as `footnote list` shows it.")],
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show a document's source and its stored text."""
    with library_of(context, home) as opened:
        document, text = opened.document(id, library), opened.text(id, library)
    if json:
        print_json({**document_form(document), "text": text})
    else:
        show_document(make_console(), document, text)


def remove(
    context: typer.Context,
    ids: Ids,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Remove documents. If one of the ids is unknown, none is removed."""
    with library_of(context, home) as opened:
        removed = opened.remove(ids, library)
    if json:
        print_json({"removed": [document_form(document) for document in removed]})
    else:
        for document in removed:
            make_console().print(f"Removed {document.id}  {printable(document.title)}")


def refresh(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Which; all if none is named.")
    ] = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Read documents from their sources again.

    What has changed is replaced; what can't be read any more is kept as it is.
    """
    with library_of(context, home) as opened:
        total = len(ids or opened.documents(library))
        with progress_bar(total) as (passages, done):
            results = list(watched(opened.refresh(ids or [], library, passages), done))
    report(results, json)


def report(results: Sequence["Added"], json: bool) -> None:
    """Says what became of every source; exits with 1 if one failed."""
    if json:
        print_json(added_form(results))
    console = make_console()
    for result in results:
        if result.error is not None:
            notice(f"footnote: {result.error}")
        elif result.document is not None and not json:
            console.print(
                f"{_verdict(result):9}  {result.document.id}  {printable(result.document.title)}"
            )
    if any(result.error is not None for result in results):
        raise typer.Exit(1)


def _verdict(result: "Added") -> str:
    if result.unchanged:
        return "unchanged"
    return "replaced" if result.replaced else "added"
