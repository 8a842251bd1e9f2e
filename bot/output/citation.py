"""The form of a citation on a terminal: title › headings, source, page or the like, characters.

In Discord, a footnote names the title, linked, and the page: see bot/discord/messages/answer.py.
"""

from rich.text import Text

from retrieval.reading.outline import headed, whereabouts
from retrieval.types import Citation, Passage

from .text import printable


def footnote(citation: Citation) -> Text:
    """A claim's footnote: `[1] Handbook › Leave  /notes/handbook.pdf, page 3, characters 4–9`."""
    where = position(citation.place, citation.start, citation.end)
    return Text.assemble(
        (f"[{citation.number}] ", "bold"),
        printable(headed(citation.title, citation.section)),
        (f"  {printable(citation.source)}, {where}", "dim"),
    )


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
    return whereabouts(passage, passage.start, passage.end)


def position(place: str, start: int, end: int) -> str:
    """A place in a document, for people: its page or the like, if any, and the characters."""
    characters = f"characters {start}–{end}"
    return f"{place}, {characters}" if place else characters
