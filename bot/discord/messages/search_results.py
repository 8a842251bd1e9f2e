"""The passages that a search found → the text of a page."""

from collections.abc import Sequence
from dataclasses import replace

from bot.discord.language.translation import _
from retrieval.types import Passage

from .answer import glimpse, quoted, without_headings
from .dressing.places import passage_place
from .split import MESSAGE, length

# Passages on a page.
A_PAGE = 4
# Characters shown of a title and of a passage, and whether titles are links: as much as lets the
# page fit in a message. The last always does.
TRIED = ((300, True), (150, True), (60, True), (30, True), (30, False))


def found_page(query: str, passages: Sequence[Passage], page: int) -> str:
    """One page of the passages that a search found, the best first."""
    first = page * A_PAGE
    shown = list(enumerate(passages, start=1))[first : first + A_PAGE]
    if not shown:
        return quoted(query) + _("Nothing was found.")
    for width, links in TRIED:
        results = [_result(number, passage, width, links) for number, passage in shown]
        text = quoted(query) + "\n\n".join(results)
        if length(text) <= MESSAGE:
            break
    return text


def _result(number: int, passage: Passage, width: int, links: bool) -> str:
    named = passage if links else replace(passage, source="")
    where = passage_place(named, passage.start, passage.end, width)
    return f"**{number}. {where}**\n{glimpse(without_headings(passage), width)}"
