"""The passages that a search found → the text of a page."""

from collections.abc import Sequence

from retrieval.types import Passage

from .answer import glimpse, passage_place, quoted
from .split import MESSAGE, length, pack

# Passages on a page.
A_PAGE = 4
# Characters shown of a title and of a passage: as many as let the page fit in a message.
WIDTHS = (300, 150, 60, 30)


def found_page(query: str, passages: Sequence[Passage], page: int) -> str:
    """One page of the passages that a search found, the best first."""
    first = page * A_PAGE
    shown = list(enumerate(passages, start=1))[first : first + A_PAGE]
    if not shown:
        return f"{quoted(query)}Nothing was found."
    for width in WIDTHS:
        results = [_result(number, passage, width) for number, passage in shown]
        text = quoted(query) + "\n\n".join(results)
        if length(text) <= MESSAGE:
            return text
    return pack([quoted(query), results[0], *(f"\n\n{result}" for result in results[1:])])[0]


def _result(number: int, passage: Passage, width: int) -> str:
    where = passage_place(passage, passage.start, passage.end, width)
    return f"**{number}. {where}**\n{glimpse(passage.text, width)}"
