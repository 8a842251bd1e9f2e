"""Kinds of files that aren't read, known by their first bytes."""

import re

from . import errors as words
from .content_x import UnreadableError

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
            raise UnreadableError(f"is {kind}. {words.READ}")


def _old_office(data: bytes) -> UnreadableError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return words.protected()
    for name, told in OLD.items():
        if name.encode("utf-16-le") in data:
            return UnreadableError(f"is in {told} and add that.")
    return UnreadableError("is an old Office file. Save it as .docx, .pptx, .xlsx or PDF.")
