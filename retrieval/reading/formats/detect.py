"""What a file is: by its content, and by its name only among kinds of text."""

import re
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from retrieval.reading.formats.html.webpage import PAGE_OPENING

from .content_x import UnreadableError
from .signatures import refuse_known

# Some programs write something in front of a PDF; then its end has to look like one as well.
PDF = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-")
PDF_WITHIN, PDF_END = 1024, re.compile(rb"startxref\s+\d+\s+%%EOF")
ZIP = (b"PK\3\4", b"PK\5\6")
MIMETYPES = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
MIMETYPE, LONGEST_MIMETYPE = "mimetype", 100
# What all OpenDocument files have, and what comes in the body of each.
CONTENT = "content.xml"
MEMBERS = {CONTENT, "META-INF/manifest.xml"}
BODY = re.compile(rb"<(?:\w+:)?body\b[^<>]*>\s*<(?:\w+:)?(\w+)")
BODIES = {b"text": "odt", b"spreadsheet": "ods"}
# What zipfile raises for a member that is broken, or packed in a way it doesn't know.
UNREADABLE = (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError)
LONGEST_STYLES = 16 * 1024 * 1024  # bytes, which come in front of the body
FOLDERS = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}
CONTENT_TYPES = "[Content_Types].xml"
BOOK = "META-INF/container.xml"
ENCRYPTED = 1
SUFFIXES = {
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".rst", ".rest"), "rst"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "json"),
}


def kind_of(data: bytes) -> str:
    """The kind of a file that isn't text; "" for what may be text.

    Raises UnreadableError for kinds that are known, but not read.
    """
    if _is_pdf(data):
        return "pdf"
    if data.startswith(ZIP):
        return _archived(ZipFile(BytesIO(data)))
    refuse_known(data)
    return ""


def _is_pdf(data: bytes) -> bool:
    if PDF.match(data):
        return True
    return b"%PDF-" in data[:PDF_WITHIN] and bool(PDF_END.search(data[-PDF_WITHIN:]))


def _archived(archive: ZipFile) -> str:
    declared = _opening(archive, MIMETYPE, LONGEST_MIMETYPE).decode("ascii", "replace").strip()
    found = next((kind for start, kind in MIMETYPES.items() if declared.startswith(start)), "")
    # Programs that pack such files anew may lose what says what they are.
    if not found and archive.NameToInfo.keys() >= MEMBERS:
        return _open_document(archive)
    if not found and BOOK in archive.NameToInfo:
        return "epub"
    return found or _packaged(archive.namelist())


def _open_document(archive: ZipFile) -> str:
    body = BODY.search(_opening(archive, CONTENT, LONGEST_STYLES))
    # Without a body it may be encrypted or damaged, as its reader will tell.
    kind = BODIES.get(body[1], "") if body else "odt"
    if not kind:
        raise UnreadableError(
            "is an OpenDocument file that holds no text document or sheets. "
            "Save it as PDF and add that."
        )
    return kind


def _opening(archive: ZipFile, name: str, size: int) -> bytes:
    """So many bytes of a member at most; none where there is none or they can't be read."""
    member = archive.NameToInfo.get(name)
    if member is None or member.flag_bits & ENCRYPTED:
        return b""
    with suppress(*UNREADABLE), archive.open(member) as file:
        return file.read(size)
    return b""


def _packaged(names: list[str]) -> str:
    if "xl/workbook.bin" in names:
        raise UnreadableError("is in Excel's binary .xlsb format. Save it as .xlsx and add that.")
    if any(name.endswith(".iwa") for name in names):
        raise UnreadableError("is a document of Apple's iWork. Export it as PDF and add that.")
    if CONTENT_TYPES in names:
        for folder, kind in FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return kind
    raise UnreadableError("is an archive. Unpack it and add the files in it.")


def text_kind(text: str, name: str, hint: str | None) -> str:
    """The kind of some text, by what it was said to be, its name, or the way it begins.

    "text" may still be JSON.
    """
    named = hint or SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    return "html" if PAGE_OPENING.match(text) and hint != "text" else named
