"""Show answers with their footnotes, and passages, on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from retrieval.types import Answer, Passage

from .citation import footnote, passage_heading
from .text import printable, shortened

# Characters shown of a passage that is offered where the documents don't say.
GLIMPSE = 300


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


def _show_indented(console: Console, text: str) -> None:
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, 3)))
    else:
        # A padded block fills its lines with spaces to the full width, which a pipe doesn't have.
        console.print("\n".join(f"   {line}" for line in text.splitlines()))
