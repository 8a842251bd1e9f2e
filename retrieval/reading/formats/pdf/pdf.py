"""PDF (ISO 32000), a page a part."""

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError

from .blocks import write_pages
from .bookmarks import marks_by_page
from .headers_footers import without_running_lines
from .lines import Line, lines_of
from .typography import setting_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-")
# Some programs write something in front of a PDF; then its end has to look like one as well.
WITHIN, END = 1024, re.compile(rb"startxref\s+\d+\s+%%EOF")  # bytes
DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")  # of 7.9.4 in the standard
# How many pages are looked at for pictures, where there is no text.
LOOKED_AT = 50


def looks_like_pdf(data: bytes) -> bool:
    """Return whether bytes begin as a PDF does, or soon after, and then end as one."""
    if OPENING.match(data):
        return True
    return b"%PDF-" in data[:WITHIN] and END.search(data[-WITHIN:]) is not None


def read_pdf(data: bytes, gathering: Gathering) -> None:
    """Add the text of the pages, with headings from the bookmarks, or else by the size of type."""
    import pypdf
    from pypdf.errors import LimitReachedError

    # It says what it makes of broken files; we have an answer for those.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise errors.protected()
        _read_facts(reader, gathering)
        pages = dict(_pages(reader, gathering))
        if not any(pages.values()):
            raise _without_text(reader)
        setting = setting_of([line for lines in pages.values() for line in lines])
        pages = without_running_lines(pages, setting)
        write_pages(pages, setting, marks_by_page(reader), gathering)
    except LimitReachedError as error:
        advice = "Print it to a new PDF and add that."
        raise UnreadableError(f"is too large or too deep inside to read. {advice}") from error


def _read_facts(reader: "PdfReader", gathering: Gathering) -> None:
    facts = reader.metadata
    if facts is not None:
        gathering.title, gathering.author = str(facts.title or ""), str(facts.author or "")
        date = DATE.match(str(facts.creation_date_raw or ""))
        gathering.date = "-".join(filter(None, date.groups())) if date else ""


def _pages(reader: "PdfReader", gathering: Gathering) -> Iterator[tuple[int, list[Line]]]:
    """The lines of each page by its number; a page that can't be read doesn't cost the others."""
    broken, read, size = None, 0, 0
    for number, page in enumerate(reader.pages, 1):
        try:
            lines = lines_of(page)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 -- whatever a broken page sets off
            gathering.unread.append(number)
            broken = broken or error
            continue
        read += 1
        size += sum(len(line.text.encode("utf-8", "replace")) + 1 for line in lines)
        if size > gathering.most:
            raise errors.too_much_text(gathering.most)
        yield number, lines
    if broken and not read:
        raise broken


def _without_text(reader: "PdfReader") -> UnreadableError:
    if any(_has_picture(page) for page in reader.pages[:LOOKED_AT]):
        advice = "Run text recognition (OCR) over it and add the result."
        return UnreadableError(f"is a scanned PDF without text. {advice}")
    return UnreadableError("is a PDF without text. Check that it is the one you meant.")


def _has_picture(page: "PageObject") -> bool:
    with suppress(Exception):
        objects = page["/Resources"]["/XObject"]  # type: ignore[index]
        return any(each.get_object().get("/Subtype") == "/Image" for each in objects.values())
    return False
