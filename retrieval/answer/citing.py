"""A stretch of a passage → the footnote that points at it."""

from retrieval.text.outline import whereabouts
from retrieval.types import Citation, Passage


def cite(number: int, passage: Passage, start: int, end: int) -> Citation:
    """The footnote for what stands between two offsets, which lie within the passage."""
    return Citation(
        number=number,
        document=passage.document,
        title=passage.title,
        source=passage.source,
        page=passage.page,
        start=start,
        end=end,
        quote=passage.slice(start, end),
        section=passage.section,
        place=whereabouts(passage, start, end),
    )
