"""Show answers with their footnotes, passages and documents on a terminal."""

from collections.abc import Mapping, Sequence
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from retrieval.types import Answer, DocumentInfo, Passage

from .citation import footnote, passage_heading
from .text import printable, shortened

# Characters shown of a passage that is offered where the documents don't say.
GLIMPSE = 300
# In a pipe, lines are as long as they are: the program that reads them wraps them.
UNWRAPPED = 10_000


def make_console(stream: TextIO, environment: Mapping[str, str] | None = None) -> Console:
    """A console on a stream that prints text as it is.

    `environment` are the variables that say what the stream's screen can do, COLUMNS among them;
    this process's own where it is None.
    """
    width = None if stream.isatty() else UNWRAPPED
    return Console(
        file=stream,
        width=width,
        markup=False,
        highlight=False,
        emoji=False,
        _environ=environment,  # there is no public name for it, and a client has its own
    )


def show_answer(console: Console, answer: Answer) -> None:
    """Show the answer first, then its numbered footnotes, or the passages that came nearest."""
    console.print(Text(printable(answer.text), style="bold"))
    if answer.note:
        console.print(f"\n{answer.note}", style="dim")
    if answer.citations:
        console.print()
    for citation in answer.citations:
        console.print(footnote(citation))
    if answer.nearest:
        console.print("\nWhat came nearest:\n")
        show_passages(console, answer.nearest, GLIMPSE)


def show_passages(
    console: Console, passages: Sequence[Passage], longest: int | None = None
) -> None:
    """Show numbered passages with their places, none beyond `longest` characters."""
    for number, passage in enumerate(passages, start=1):
        if number > 1:
            console.print()
        console.print(passage_heading(number, passage))
        _show_indented(console, printable(shortened(passage.text, longest)))


def show_documents(console: Console, documents: Sequence[DocumentInfo]) -> None:
    """Show one line for each document, or how to add the first."""
    if not documents:
        console.print("No documents yet. Add some with: footnote add FILE_OR_FOLDER …")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("id", no_wrap=True)
    table.add_column("title", overflow="fold")
    table.add_column("passages", justify="right")
    table.add_column("added", no_wrap=True)
    table.add_column("source", overflow="fold")
    for document in documents:
        table.add_row(
            document.id,
            Text(printable(document.title)),
            str(document.passages),
            document.added_at[:10],
            Text(printable(document.source)),
        )
    console.print(table)


def show_document(console: Console, document: DocumentInfo, text: str) -> None:
    """Show a document's particulars, then its stored text."""
    for name, value in (
        ("title", document.title),
        ("id", document.id),
        ("library", document.library),
        ("source", document.source),
        ("author", document.author),
        ("date", document.date),
        ("kind", document.kind),
        ("added", f"{document.added_at} by {document.added_by}"),
        ("size", f"{document.bytes:,} bytes, {document.passages} passages"),
    ):
        if value:
            console.print(Text.assemble((f"{name:8}", "dim"), printable(value)))
    console.print()
    console.print(Text(printable(text)))


def _show_indented(console: Console, text: str) -> None:
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, 3)))
    else:
        # A padded block fills its lines with spaces to the full width, which a pipe doesn't have.
        console.print("\n".join(f"   {line}" for line in text.splitlines()))
