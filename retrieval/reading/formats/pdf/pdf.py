"""PDF (ISO 32000), a page a part."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError

from .blocks import write_pages
from .bookmarks import marks_by_page
from .headers_footers import without_running_lines
from .lines import Line
from .page.glyphs import glyphs_of
from .page.layout import lines_as_read
from .typography import setting_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-")
# Some programs write something in front of a PDF; then its end has to look like one as well.
WITHIN, END = 1024, re.compile(rb"startxref\s+\d+\s+%%EOF")  # bytes
DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")  # of 7.9.4 in the standard
# How many pages are looked at for pictures, where there is no text.
LOOKED_AT, DEEPEST = 50, 4  # and how many forms within forms


def looks_like_pdf(data: bytes) -> bool:
    """Return whether bytes begin as a PDF does, or soon after, and then end as one."""
    if OPENING.match(data):
        return True
    return b"%PDF-" in data[:WITHIN] and END.search(data[-WITHIN:]) is not None


def read_pdf(data: bytes, gathering: Gathering) -> None:
    """Add the text of the pages, with headings from the bookmarks, or else by the size of type."""
    document = _opened(data)
    _read_facts(document, gathering)
    pages = dict(_pages(document, gathering))
    if not any(pages.values()):
        raise _without_text(document)
    setting = setting_of([line for lines in pages.values() for line in lines])
    pages = without_running_lines(pages, setting)
    write_pages(pages, setting, marks_by_page(document), gathering)


def _opened(data: bytes) -> "PdfDocument":
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise errors.protected() from error
        raise


def _read_facts(document: "PdfDocument", gathering: Gathering) -> None:
    facts = document.get_metadata_dict()
    gathering.title, gathering.author = facts.get("Title", ""), facts.get("Author", "")
    date = DATE.match(facts.get("CreationDate", ""))
    gathering.date = "-".join(filter(None, date.groups())) if date else ""


def _pages(document: "PdfDocument", gathering: Gathering) -> Iterator[tuple[int, list[Line]]]:
    """The lines of each page by its number; a page that can't be read doesn't cost the others."""
    broken, read, size = None, 0, 0
    for index in range(len(document)):
        try:
            lines = _lines_of(document, index)
        except (MemoryError, UnreadableError):
            raise
        except Exception as error:  # noqa: BLE001 -- whatever a broken page sets off
            gathering.unread.append(index + 1)
            broken = broken or error
            continue
        read += 1
        size += sum(len(line.text.encode("utf-8", "replace")) + 1 for line in lines)
        if size > gathering.most:
            raise errors.too_much_text(gathering.most)
        yield index + 1, lines
    if broken and not read:
        raise broken


def _lines_of(document: "PdfDocument", index: int) -> list[Line]:
    page = document[index]
    try:
        glyphs = glyphs_of(page)
    finally:
        page.close()
    return [line for group in glyphs.groups for line in lines_as_read(group)]


def _without_text(document: "PdfDocument") -> UnreadableError:
    if any(_has_picture(document, index) for index in range(min(len(document), LOOKED_AT))):
        advice = "Run text recognition (OCR) over it and add the result."
        return UnreadableError(f"is a scanned PDF without text. {advice}")
    return UnreadableError("is a PDF without text. Check that it is the one you meant.")


def _has_picture(document: "PdfDocument", index: int) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    with suppress(Exception):
        page = document[index]
        return any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST))
    return False
