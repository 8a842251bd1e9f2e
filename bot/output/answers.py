"""Show answers with their footnotes, and passages, on a terminal: the form of a citation there.

In Discord, a footnote names the title, linked, and the page: see bot/discord/messages/answer.py.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from retrieval.types import Answer, Citation, Passage, headed

from .otherwise import otherwise, whose, words_of
from .text import dated, language_name, printable, shortened

# Characters shown of a passage that is offered where the documents don't say.
GLIMPSE = 300


def show_answer(console: Console, answer: Answer) -> None:
    """Show the answer first, then its numbered footnotes, or the passages that came nearest."""
    console.print(Text(printable(answer.text), style="bold"))
    if answer.note:
        console.print(f"\n{answer.note}", style="dim")
    for said, places in otherwise(answer):
        console.print(f"\n{said}")
        for cited in places:
            console.print(said_by(cited))
    if answer.citations:
        console.print()
    for citation in answer.citations:
        console.print(footnote(citation))
        for words, address in hyperlinks(citation):
            console.print(Text(f"    {words}: {address}", style="dim"))
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


def footnote(citation: Citation) -> Text:
    """A claim's footnote: `[1] Handbook › Leave  /notes/handbook.pdf, page 3, characters 4–9`,
    the document's own date where it has one, and its language where that isn't the question's."""
    where = position(citation.place, citation.start, citation.end)
    if day := dated(citation.date, citation.title):
        where += f", of {printable(day)}"
    if citation.language:
        where += f", original in {language_name(citation.language)}"
    return Text.assemble(
        (f"[{citation.number}] ", "bold"),
        printable(headed(citation.title, citation.section)),
        (f"  {printable(citation.link or citation.source)}, {where}", "dim"),
    )


def said_by(cited: Citation) -> Text:
    """A line on a place that says this or that: its words, its document, the day, the author."""
    known = ", ".join(filter(None, [printable(headed(cited.title, cited.section)), whose(cited)]))
    return Text.assemble(f"  “{words_of(cited)}”", (f"  {known}", "dim"))


def hyperlinks(citation: Citation) -> list[tuple[str, str]]:
    """The words that lead somewhere in a quote, and the address that each leads to."""
    at = citation.start
    return [
        (printable(" ".join(citation.quote[link.start - at : link.end - at].split())), address)
        for link in citation.hyperlinks
        if (address := printable(link.address))
    ]


def passage_heading(number: int, passage: Passage) -> Text:
    """The line above a passage that was found: as a footnote's, with the passage's score."""
    where = position(place_of(passage), passage.start, passage.end)
    return Text.assemble(
        (f"{number}. ", "bold"),
        printable(headed(passage.title, passage.section)),
        (f"  {printable(passage.source)}, {where}, score {passage.score:.2f}", "dim"),
    )


def place_of(passage: Passage) -> str:
    """The page of a passage, or the like, for people and in JSON; "" where there is none."""
    # Imported here, as it takes a while: `--help` is to be there at once.
    from retrieval.answer.citation import whereabouts

    return whereabouts(passage, passage.start, passage.end)


def position(place: str, start: int, end: int) -> str:
    """A place in a document, for people: its page or the like, if any, and the characters."""
    characters = f"characters {start}–{end}"
    return f"{place}, {characters}" if place else characters


def _show_indented(console: Console, text: str) -> None:
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, 3)))
    else:
        # A padded block fills its lines with spaces to the full width, which a pipe doesn't have.
        console.print("\n".join(f"   {line}" for line in text.splitlines()))
