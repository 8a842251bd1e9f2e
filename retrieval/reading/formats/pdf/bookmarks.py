"""The bookmarks of a PDF: the table of contents that readers show beside the pages."""

from typing import TYPE_CHECKING, Any

from retrieval.reading.formats.content import one_line

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_MARKS, DEEPEST = 5_000, 20
Marks = dict[int, list[tuple[int, str]]]


def marks_by_page(reader: "PdfReader") -> Marks:
    """The levels and titles of the bookmarks, by the number of the page they lead to."""
    marks: Marks = {}
    try:
        todo = [(1, entry) for entry in reversed(reader.outline)]
        for _ in range(MOST_MARKS):
            if not todo:
                break
            _take(todo, reader, marks)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- whatever broken bookmarks set off, it costs only headings
        return marks
    return marks


def _take(todo: list[tuple[int, Any]], reader: "PdfReader", marks: Marks) -> None:
    level, entry = todo.pop()
    if isinstance(entry, list):
        if level < DEEPEST:
            todo.extend((level + 1, inner) for inner in reversed(entry))
        return
    page = reader.get_destination_page_number(entry)
    if page is not None and page >= 0 and (title := one_line(str(entry.title or ""))):
        marks.setdefault(page + 1, []).append((level, title))
