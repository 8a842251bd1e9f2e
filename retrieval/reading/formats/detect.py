"""Tell the format of a file by its content; by its name only among kinds of text."""

import re
import zlib
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from retrieval.errors import N_, Sentence

from . import errors
from .errors import READ, UnreadableError
from .registry import BY_KIND, BY_SUFFIX, FORMATS, PLAIN, Archive, Format

BINARY = tuple(each for each in FORMATS if each.binary)
TEXTS = tuple(each for each in FORMATS if not each.binary)

# --- Archives
ZIP = (b"PK\3\4", b"PK\5\6")
MIMETYPE, LONGEST_MIMETYPE = "mimetype", 100
# What all OpenDocument files have, and what comes in the body of each.
CONTENT = "content.xml"
MEMBERS = {CONTENT, "META-INF/manifest.xml"}
BODY = re.compile(rb"<(?:\w+:)?body\b[^<>]*>\s*<(?:\w+:)?(\w+)")
# What zipfile raises for a member that is broken, or packed in a way it doesn't know.
UNREADABLE = (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError)
LONGEST_STYLES = 16 * 1024 * 1024  # bytes, which come in front of the body
CONTENT_TYPES = "[Content_Types].xml"
ENCRYPTED = 1

# --- Files that are known, but not read
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The content of older Office files, by the names in their directories, which are in UTF-16.
OLD = {
    "WordDocument": N_("is in Word's old .doc format. Save it as .docx and add that."),
    "PowerPoint Document": N_("is in PowerPoint's old .ppt format. Save it as .pptx and add that."),
    "Workbook": N_("is in Excel's old .xls format. Save it as .xlsx and add that."),
    "Book": N_("is in Excel's old .xls format. Save it as .xlsx and add that."),
    "__properties_version1.0": N_(
        "is in Outlook's .msg format. Save it as text or PDF and add that."
    ),
}
ARCHIVES = re.compile(
    rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\0|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd|.{257}ustar",
    re.S,
)
OTHERS = {
    rb"GIF8[79]a.{0,6}\0": N_("a GIF image"),
    rb"II\*\0|MM\0\*": N_("a TIFF image"),
    rb"\0\0\x01\0.{4}": N_("an icon"),
    rb"RIFF.{4}WAVE": N_("a WAV recording"),
    rb"RIFF.{4}AVI ": N_("an AVI video"),
    rb"\0\0.{2}ftyp(?:heic|heix|mif1|avif)": N_("an image"),
    rb"\0\0.{2}ftypM4A": N_("a recording"),
    rb"\0\0.{2}ftyp": N_("a video"),
    rb"OggS\0": N_("an Ogg recording"),
    rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]": N_("an MP3 recording"),
    rb"fLaC\0": N_("a FLAC recording"),
    rb"\x1aE\xdf\xa3": N_("a Matroska or WebM video"),
    rb"wOF[F2](?:\0\x01\0\0|OTTO|true)|\0\x01\0\0\0|OTTO\0": N_("a font"),
    rb"\x7fELF|MZ.{0,64}?\0|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|\0asm": N_("a program"),
    rb"SQLite format 3\0": N_("an SQLite database"),
}


def binary_format(data: bytes) -> Format | None:
    """The format of a file that isn't text; None for what may be text.

    Raises UnreadableError for kinds that are known, but not read.
    """
    if found := next((each for each in BINARY if each.fits(data)), None):
        return found
    if data.startswith(ZIP):
        return _archived(ZipFile(BytesIO(data)))
    _refuse_known(data)
    return None


def _archived(archive: ZipFile) -> Format:
    declared = _opening(archive, MIMETYPE, LONGEST_MIMETYPE).decode("ascii", "replace").strip()
    for each, signs in _signs():
        if signs.mimetype and declared.startswith(signs.mimetype):
            return each
    # Programs that pack such files anew may lose what says what they are.
    if archive.NameToInfo.keys() >= MEMBERS:
        return _open_document(archive)
    for each, signs in _signs():
        if signs.member and signs.member in archive.NameToInfo:
            return each
    return _packaged(archive.namelist())


def _signs() -> Sequence[tuple[Format, Archive]]:
    """The formats that are archives, and what they are known by."""
    return [(each, each.archive) for each in BINARY if each.archive]


def _open_document(archive: ZipFile) -> Format:
    body = BODY.search(_opening(archive, CONTENT, LONGEST_STYLES))
    if body is None:
        # It may be encrypted or damaged, as its reader will tell.
        return BY_KIND["odt"]
    for each, signs in _signs():
        if signs.body == body[1]:
            return each
    raise UnreadableError(
        "is an OpenDocument file that holds no text document or sheets. "
        "Save it as PDF and add that."
    )


def _packaged(names: list[str]) -> Format:
    if "xl/workbook.bin" in names:
        raise UnreadableError("is in Excel's binary .xlsb format. Save it as .xlsx and add that.")
    if any(name.endswith(".iwa") for name in names):
        raise UnreadableError("is a document of Apple's iWork. Export it as PDF and add that.")
    for each, signs in _signs() if CONTENT_TYPES in names else ():
        if signs.folder and any(name.startswith(signs.folder) for name in names):
            return each
    raise UnreadableError("is an archive. Unpack it and add the files in it.")


def _opening(archive: ZipFile, name: str, size: int) -> bytes:
    """The first `size` bytes of a member; none where it isn't there or can't be read."""
    member = archive.NameToInfo.get(name)
    if member is None or member.flag_bits & ENCRYPTED:
        return b""
    with suppress(*UNREADABLE), archive.open(member) as file:
        return file.read(size)
    return b""


def _refuse_known(data: bytes) -> None:
    """Raise UnreadableError for data that begins like a kind of file which isn't read."""
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
            raise UnreadableError("is {kind}. {read}", kind=Sentence(kind), read=READ)


def _old_office(data: bytes) -> UnreadableError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return errors.protected()
    for name, told in OLD.items():
        if name.encode("utf-16-le") in data:
            return UnreadableError(told)
    return UnreadableError("is an old Office file. Save it as .docx, .pptx, .xlsx or PDF.")


def text_formats(text: str, name: str, hint: str | None) -> list[Format]:
    """The formats that a text may be in, to be tried in this order.

    `hint` is a kind that it was said to be; "text" is believed, anything else is as good as the
    suffix of its name. Plain text comes last, and takes whatever the others refuse.
    """
    if hint == PLAIN.kind:
        return [PLAIN]
    named = BY_KIND.get(hint or "") or BY_SUFFIX.get(PurePath(name).suffix.lower(), PLAIN)
    if named.binary:
        named = PLAIN
    unsaid = named is PLAIN
    likely = (each for each in TEXTS if (unsaid or each.outweighs_names) and each.fits(text))
    return list(dict.fromkeys((*likely, named, PLAIN)))
