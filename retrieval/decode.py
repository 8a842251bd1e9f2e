"""Bytes → text: in whatever encoding they are, and only if they are text at all."""

import codecs
import re
from contextlib import suppress

from .errors import LoadError

SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "an Office document or another ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
}


def decode(data: bytes, source: str) -> str:
    """The text that some bytes hold, with plain line ends and without NULs.

    `source` says in errors where they came from. Raises LoadError where they are not text.
    """
    looks = next((kind for start, kind in SIGNATURES.items() if data.startswith(start)), None)
    text = None if looks else _decode_as_declared(data)
    if not looks and (text is None or _mostly_binary(text)):
        text = _guess(data)
    if text is None or _mostly_binary(text):
        advice = "Footnote reads plain text, Markdown and HTML; save it as one of those."
        raise LoadError(f"{source} looks like {looks or 'binary data'}. {advice}")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _decode_as_declared(data: bytes) -> str | None:
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    # Asked last, because UTF-32's little-endian mark begins with UTF-16's.
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        encoding = "utf-32"
    with suppress(UnicodeDecodeError):
        return data.decode(encoding)
    return None


def _mostly_binary(text: str) -> bool:
    # Valid UTF-8 can still be a table of small numbers; text has a stray NUL at most.
    return text.count("\0") * 10 > len(text)


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        return None
    # A short Western text often fits Central European just as well; the common one is the better
    # bet. And what calls itself Latin-1 is windows-1252, as every browser knows.
    ties = (m for m in matches if (m.chaos, m.coherence) == (best.chaos, best.coherence))
    western = any({"cp1252", "latin_1"} & set(match.could_be_from_charset) for match in ties)
    if western or re.search(rb"charset=.?iso-8859-1\b", data[:1024], re.I):
        with suppress(UnicodeDecodeError):
            return data.decode("cp1252")
    return str(best)
