"""The bookmarks of a PDF: the table of contents that readers show beside the pages."""

from itertools import islice
from typing import TYPE_CHECKING

from retrieval.reading.formats.content import one_line

if TYPE_CHECKING:
    from pypdfium2 import PdfBookmark, PdfDocument

MOST_MARKS, DEEPEST = 5_000, 20
Marks = dict[int, list[tuple[int, str]]]


def marks_by_page(document: "PdfDocument") -> Marks:
    """The levels and titles of the bookmarks, by the number of the page they lead to."""
    marks: Marks = {}
    try:
        for mark in islice(document.get_toc(max_depth=DEEPEST), MOST_MARKS):
            _take(mark, marks)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- whatever broken bookmarks set off, it costs only headings
        return marks
    return marks


def _take(mark: "PdfBookmark", marks: Marks) -> None:
    place = mark.get_dest()
    page = place.get_index() if place else None
    if page is not None and page >= 0 and (title := one_line(mark.get_title())):
        marks.setdefault(page + 1, []).append((mark.level + 1, title))
