"""What a file is: by its content, and by its name only among kinds of text.

Kinds of files that aren't read, known by their first bytes.
"""

import re
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from retrieval.reading.formats.html.webpage import PAGE_OPENING

from . import errors
from .errors import UnreadableError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the older Office files hold, by the names in their directories, which are in UTF-16.
OLD = {
    "WordDocument": "Word's old .doc format. Save it as .docx",
    "PowerPoint Document": "PowerPoint's old .ppt format. Save it as .pptx",
    "Workbook": "Excel's old .xls format. Save it as .xlsx",
    "Book": "Excel's old .xls format. Save it as .xlsx",
    "__properties_version1.0": "Outlook's .msg format. Save it as text or PDF",
}
ARCHIVES = re.compile(
    rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\0|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd|.{257}ustar",
    re.S,
)
OTHERS = {
    rb"\x89PNG\r\n": "a PNG image",
    rb"\xff\xd8\xff": "a JPEG image",
    rb"GIF8[79]a.{0,6}\0": "a GIF image",
    rb"II\*\0|MM\0\*": "a TIFF image",
    rb"\0\0\x01\0.{4}": "an icon",
    rb"RIFF.{4}WEBP": "a WebP image",
    rb"RIFF.{4}WAVE": "a WAV recording",
    rb"RIFF.{4}AVI ": "an AVI video",
    rb"\0\0.{2}ftyp(?:heic|heix|mif1|avif)": "an image",
    rb"\0\0.{2}ftypM4A": "a recording",
    rb"\0\0.{2}ftyp": "a video",
    rb"OggS\0": "an Ogg recording",
    rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]": "an MP3 recording",
    rb"fLaC\0": "a FLAC recording",
    rb"\x1aE\xdf\xa3": "a Matroska or WebM video",
    rb"wOF[F2](?:\0\x01\0\0|OTTO|true)|\0\x01\0\0\0|OTTO\0": "a font",
    rb"\x7fELF|MZ.{0,64}?\0|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|\0asm": "a program",
    rb"SQLite format 3\0": "an SQLite database",
}


def refuse_known(data: bytes) -> None:
    """Raises UnreadableError if data begins like a kind of file that isn't read."""
    if data.startswith(OLE):
        raise _old_office(data)
    if data.startswith(b"{\\rtf"):
        raise UnreadableError("is an RTF document. Save it as .docx and add that.")
    if data.startswith(b"%!PS"):
        raise UnreadableError("is a PostScript file. Save it as PDF and add that.")
    if ARCHIVES.match(data):
        raise UnreadableError("is an archive. Unpack it and add the files in it.")
    for opening, kind in OTHERS.items():
        if re.match(opening, data, re.S):
            raise UnreadableError(f"is {kind}. {errors.READ}")


def _old_office(data: bytes) -> UnreadableError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return errors.protected()
    for name, told in OLD.items():
        if name.encode("utf-16-le") in data:
            return UnreadableError(f"is in {told} and add that.")
    return UnreadableError("is an old Office file. Save it as .docx, .pptx, .xlsx or PDF.")


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
