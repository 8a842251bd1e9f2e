"""Decode the bytes of a text, in whatever encoding they are, and only if they are text at all.

Encodings are called as the WHATWG's Encoding Standard does, so that a page reads as it does in
browsers: what calls itself Latin-1 or ASCII is windows-1252. Other names are never looked up, as
Python knows codecs that turn bytes into something else, or need hours for it.
"""

import codecs
import re
from contextlib import suppress

from retrieval.reading.formats.errors import READ, UnreadableError

from .guess import guess

# What servers and pages call encodings, and what Python calls what they mean by it.
LABELS = {
    **dict.fromkeys(("windows-1252", "iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("windows-1254", "iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("windows-874", "iso-8859-11", "tis-620"), "cp874"),
    **{f"windows-{page}": f"cp{page}" for page in (1250, 1251, 1253, 1255, 1256, 1257, 1258)},
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(("gb18030", "gbk", "gb2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    "euc-jp": "euc-jp",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
}
# These pass for other text unless one is told; each with bytes that it is never without.
HIDDEN = {
    "iso-2022-jp": (b"\x1b", "iso2022_jp"),
    "utf-16": (b"\0", "utf-16-le"),
    "utf-16le": (b"\0", "utf-16-le"),
    "utf-16be": (b"\0", "utf-16-be"),
}
# A switch to Japanese letters in ISO-2022-JP, which is ASCII that no text has by chance.
JAPANESE_FOLLOWS = b"\x1b$B"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
OPENING = 1024  # bytes in which a page is to declare its encoding, by HTML's standard
DECLARATION = re.compile(rb"<(?:meta|\?xml)\b[^<>]*(?:charset|encoding)\s*=[\s\"']*([\w-]+)", re.I)


def decode(data: bytes, charset: str | None = None) -> str:
    """The text that some bytes hold, with plain line ends and without NULs.

    `charset` is the encoding that came with them, if any did. Raises UnreadableError where they
    are not text.
    """
    for text in (
        _as_hidden(data, charset),
        _as_unicode(data),
        _as_labelled(data, charset),
        _as_labelled(data, _declared(data)),
    ):
        if text is not None and not _mostly_binary(text):
            return _plain(text)
    text = _guess(data)
    if text is None or _mostly_binary(text):
        raise UnreadableError("holds binary data. {read}", read=READ)
    return _plain(text)


def _plain(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _mostly_binary(text: str) -> bool:
    # Valid UTF-8 can still be a table of small numbers; text has a stray NUL at most.
    return text.count("\0") * 10 > len(text)


def _as_hidden(data: bytes, charset: str | None) -> str | None:
    told = "iso-2022-jp" if JAPANESE_FOLLOWS in data else (charset or "").lower()
    mark, encoding = HIDDEN.get(told, (b"", ""))
    marked = mark in data and not data.startswith((codecs.BOM_UTF8, *UTF_16, *UTF_32))
    return _decoded(data, encoding) if encoding and marked else None


def _as_unicode(data: bytes) -> str | None:
    # UTF-32 first, because its little-endian mark begins with UTF-16's.
    if data.startswith(UTF_32):
        return _decoded(data, "utf-32")
    return _decoded(data, "utf-16" if data.startswith(UTF_16) else "utf-8-sig")


def _as_labelled(data: bytes, charset: str | None) -> str | None:
    encoding = LABELS.get((charset or "").lower())
    return _decoded(data, encoding) if encoding else None


def _decoded(data: bytes, encoding: str) -> str | None:
    with suppress(UnicodeDecodeError):
        return data.decode(encoding)
    return None


def _declared(data: bytes) -> str:
    """The encoding that a page or some XML names at its start, or ""."""
    found = DECLARATION.search(data[:OPENING])
    return found[1].decode() if found else ""


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    # It knows what is no text, and a hundred encodings.
    best = from_bytes(data).best()
    return None if best is None else guess(data) or str(best)
