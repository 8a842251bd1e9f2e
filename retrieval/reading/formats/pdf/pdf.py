"""PDF (ISO 32000), a page a part."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.errors import N_, Sentence
from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import NeedsRecognitionError, UnreadableError

from .blocks import write_pages
from .bookmarks import marks_by_page
from .garbled import is_garbled
from .headers_footers import without_running_lines
from .lines import Line
from .page.glyphs import glyphs_of
from .page.layout import lines_as_read
from .picture.recognition import (
    INSTALL,
    LONGEST_SIDE,
    can_recognise,
    lines_in,
)
from .typography import setting_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-")
# Some programs write something in front of a PDF; then its end has to look like one as well.
WITHIN, END = 1024, re.compile(rb"startxref\s+\d+\s+%%EOF")  # bytes
NOT_TOLD = re.compile(r"\(?(?:anonymous|unspecified|untitled)\)?", re.I)
DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")  # of 7.9.4 in the standard
# How many pages are looked at for pictures, where there is no text.
LOOKED_AT, DEEPEST = 50, 4  # and how many forms within forms
# As a picture: pixels a point, and how many shapes are no more than ornaments and ruling lines.
SHARPNESS, MOST_SHAPES = 200 / 72, 60


@dataclass(slots=True)
class Pages:
    """The lines of the pages that were read, by their numbers; which were read from pictures, and
    which have a text layer that is no language.
    """

    lines: dict[int, list[Line]] = field(default_factory=dict)
    pictures: set[int] = field(default_factory=set)
    garbled: set[int] = field(default_factory=set)


def looks_like_pdf(data: bytes) -> bool:
    """Return whether bytes begin as a PDF does, or soon after, and then end as one."""
    if OPENING.match(data):
        return True
    return b"%PDF-" in data[:WITHIN] and END.search(data[-WITHIN:]) is not None


def read_pdf(data: bytes, gathering: Gathering) -> None:
    """Add the text of the pages, with headings from the bookmarks, or else by the size of type.

    Pages that are pictures, or whose text is no language, are read as pictures where that may be.
    """
    document = _opened(data)
    _read_facts(document, gathering)
    read = Pages()
    for number, lines in _pages(document, gathering, read):
        read.lines[number] = lines
    if not any(read.lines.values()):
        raise _without_text(document, read)
    setting = setting_of([line for lines in read.lines.values() for line in lines])
    pages = without_running_lines(read.lines, setting)
    write_pages(pages, setting, marks_by_page(document), gathering, read.pictures)


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
    gathering.title, gathering.author = (_told(facts.get(name, "")) for name in ("Title", "Author"))
    date = DATE.match(facts.get("CreationDate", ""))
    gathering.date = "-".join(filter(None, date.groups())) if date else ""


def _told(fact: str) -> str:
    """A fact, unless it is what a program writes where it was told none."""
    return "" if NOT_TOLD.fullmatch(fact.strip()) else fact


def _pages(
    document: "PdfDocument", gathering: Gathering, read: Pages
) -> Iterator[tuple[int, list[Line]]]:
    """The lines of each page by its number; a page that can't be read doesn't cost the others."""
    broken, count, size = None, 0, 0
    for index in range(len(document)):
        try:
            lines = _lines_of(document, index, gathering, read)
        except (MemoryError, UnreadableError, NeedsRecognitionError):
            raise
        except Exception as error:  # noqa: BLE001 -- whatever a broken page sets off
            gathering.unread.append(index + 1)
            broken = broken or error
            continue
        count += 1
        size += sum(len(line.text.encode("utf-8", "replace")) + 1 for line in lines)
        if size > gathering.most:
            raise errors.too_much_text(gathering.most)
        yield index + 1, lines
    if broken and not count:
        raise broken


def _lines_of(document: "PdfDocument", index: int, gathering: Gathering, read: Pages) -> list[Line]:
    page = document[index]
    try:
        glyphs = glyphs_of(page)
        lines = [line for group in glyphs.groups for line in lines_as_read(*group)]
        garbled = is_garbled((line.text for line in lines), glyphs.unknown)
        if lines and not garbled:
            return lines
        if garbled:
            read.garbled.add(index + 1)
        elif not _is_picture(page):
            return []
        if not can_recognise():
            gathering.unread.append(index + 1)
            return []
        if not gathering.recognise:
            raise NeedsRecognitionError
        read.pictures.add(index + 1)
        return lines_in(_drawn(page))
    finally:
        page.close()


def _drawn(page: "PdfPage") -> "Image":
    """The page as a picture."""
    scale = min(SHARPNESS, LONGEST_SIDE / max(page.get_width(), page.get_height(), 1))
    bitmap = page.render(scale=scale)
    try:
        image: Image = bitmap.to_pil().convert("RGB")
        return image
    finally:
        bitmap.close()


def _without_text(document: "PdfDocument", read: Pages) -> UnreadableError:
    advice = Sentence(N_("Add the text itself.") if read.pictures else INSTALL)
    if read.garbled:
        return UnreadableError(
            "has a text layer that is no language, as its fonts don't say which letters they draw. "
            "{advice}",
            advice=advice,
        )
    if read.pictures or any(_has_picture(document, index) for index in _first(document)):
        return UnreadableError("is a scanned PDF without text. {advice}", advice=advice)
    return UnreadableError("is a PDF without text. Check that it is the one you meant.")


def _first(document: "PdfDocument") -> range:
    return range(min(len(document), LOOKED_AT))


def _has_picture(document: "PdfDocument", index: int) -> bool:
    with suppress(Exception):
        return _is_picture(document[index])
    return False


def _is_picture(page: "PdfPage") -> bool:
    """Return whether a page shows a picture, or so many shapes that they may be letters."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_SHADING

    kinds = [FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_SHADING]
    for shapes, shape in enumerate(page.get_objects(filter=kinds, max_depth=DEEPEST), 1):
        if shape.type == FPDF_PAGEOBJ_IMAGE or shapes >= MOST_SHAPES:
            return True
    return False
