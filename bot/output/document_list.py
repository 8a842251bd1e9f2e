"""Show documents on a terminal: the table of `footnote list`, and one whole for `footnote show`."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from retrieval.store.files.names import library_of_store
from retrieval.types import DocumentInfo

from .text import age, dated, printable


def show_documents(
    console: Console, documents: Sequence[DocumentInfo], now: datetime | None = None
) -> None:
    """Show one line for each document, with its age by the clock, or how to add the first."""
    if not documents:
        console.print("No documents yet. Add some with: footnote add FILE_OR_FOLDER …")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("id", no_wrap=True)
    table.add_column("title", overflow="fold")
    table.add_column("passages", justify="right")
    table.add_column("added", no_wrap=True)
    named = any(document.collection for document in documents)
    if named:
        table.add_column("collection", overflow="fold")
    table.add_column("source", overflow="fold")
    for document in documents:
        table.add_row(
            document.id,
            Text(printable(document.title)),
            str(document.passages),
            Text(_added(document, now or datetime.now(UTC))),
            *([Text(printable(document.collection or "everybody"))] if named else []),
            Text(printable(document.source)),
        )
    console.print(table)


def _library(document: DocumentInfo) -> str:
    in_collection = f", collection {document.collection}" if document.collection else ""
    return library_of_store(document.library) + in_collection


def _added(document: DocumentInfo, now: datetime) -> str:
    day = dated(document.date, document.title)
    own = f", of {printable(day)}" if day else ""
    return f"{document.added_at[:10]}, {age(document.added_at, now)}{own}"


def _language(code: str) -> str:
    """The English name of a language, with its code: "German (de)"."""
    from babel import Locale

    return f"{Locale(code).english_name} ({code})"


def show_document(console: Console, document: DocumentInfo, text: str) -> None:
    """Show a document's particulars, then its stored text."""
    for name, value in (
        ("title", document.title),
        ("id", document.id),
        ("library", _library(document)),
        ("source", document.source),
        ("author", document.author),
        ("date", document.date),
        ("kind", document.kind),
        ("written", "" if document.language == "en" else f"in {_language(document.language)}"),
        ("added", f"{document.added_at} by {document.added_by}"),
        ("size", f"{document.bytes:,} bytes, {document.passages} passages"),
    ):
        if value:
            console.print(Text.assemble((f"{name:8}", "dim"), printable(value)))
    console.print()
    console.print(Text(printable(text)))
