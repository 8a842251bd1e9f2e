"""The body of an answer: read within a limit, whatever it unpacks to, and named by its kind."""

import re
import zlib
from http.client import HTTPResponse, IncompleteRead
from pathlib import PurePosixPath
from urllib.parse import unquote

from retrieval.errors import N_
from retrieval.reading.formats.registry import BY_MEDIA_TYPE
from retrieval.reading.limits import in_units

from .errors import NoPageError
from .url import Place

# --- Reading and unpacking

GZIP = 31  # zlib's word for it, with the largest window
MAGIC = b"\x1f\x8b"
PIECE = 64 * 1024
MOST_AT_ONCE = 256 * 1024
TOO_LARGE = N_("is larger than {limit}. Save the part you need and add that file.")
OTHER_PACKING = N_("comes packed in a way that Footnote did not ask for. Save it and add the file.")
CUT_OFF = N_("holds a gzip archive that is cut off or damaged. Check the address.")


def read_body(response: HTTPResponse, limit: int, cut: bool = False) -> bytes:
    """The body of an answer, unpacked: of `limit` bytes at most, both packed and unpacked.

    What is longer is cut there if `cut` says so. Raises NoPageError where it is longer or packed
    otherwise than in gzip; IncompleteRead, zlib.error or OSError where it doesn't come whole.
    """
    if (response.length or 0) > limit and not cut:
        raise _too_large(limit)
    unpacker = _unpacker_for(response, limit)
    body, packed = bytearray(), 0
    # Always with a size: without one Content-Length says how much memory is taken.
    while data := response.read(PIECE):
        packed += len(data)
        body += unpacker.unpack(data) if unpacker else data
        if max(len(body), packed) > limit:
            if cut:
                return bytes(body[:limit])
            raise _too_large(limit)
    # Reading keeps silent about a body that ends early.
    if response.length or (unpacker and packed and not unpacker.complete):
        raise IncompleteRead(b"", response.length)
    return bytes(body)


def _unpacker_for(response: HTTPResponse, limit: int) -> "Unpacker | None":
    packing = (response.headers["Content-Encoding"] or "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip"}:
        raise NoPageError(OTHER_PACKING)
    return None if packing == "identity" else Unpacker(limit + 1)


def _too_large(limit: int) -> NoPageError:
    return NoPageError(TOO_LARGE, limit=in_units(limit))


class Unpacker:
    """Unpacks gzip piece by piece, in as many members as come, and no further than its room."""

    def __init__(self, room: int) -> None:
        """`room` is the number of bytes that may come out."""
        self.room = room
        self.complete = False
        self._member = zlib.decompressobj(GZIP)

    def unpack(self, data: bytes) -> bytes:
        """The next piece unpacked, up to the room that is left. Raises zlib.error."""
        out = bytearray()
        while data and self.room > 0 and self._goes_on(data):
            more = self._member.decompress(data, min(self.room, MOST_AT_ONCE))
            out += more
            self.room -= len(more)
            self.complete = self._member.eof
            data = self._member.unconsumed_tail or self._member.unused_data
        return bytes(out)

    def _goes_on(self, data: bytes) -> bool:
        if not self.complete:
            return True
        # After a member comes another, or padding, which browsers leave out as well.
        self._member = zlib.decompressobj(GZIP)
        self.complete = data[:1] != MAGIC[:1]
        return not self.complete


def gunzip(data: bytes, limit: int) -> bytes:
    """A gzip archive unpacked. Raises NoPageError past `limit` bytes, or where it is damaged."""
    unpacker = Unpacker(limit + 1)
    try:
        out = unpacker.unpack(data)
    except zlib.error:
        raise NoPageError(CUT_OFF) from None
    if len(out) > limit:
        raise _too_large(limit)
    if not unpacker.complete:
        raise NoPageError(CUT_OFF)
    return out


# --- A file name for a page, from which its reader can tell its format

LONGEST_NAME = 200  # characters
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([a-z0-9][a-z0-9_.:+-]{0,39})")
UNFIT = re.compile(r"[\x00-\x1f\x7f/\\]")
# Of programs that make pages: they say nothing of what comes out.
PROGRAMS = frozenset({".php", ".asp", ".aspx", ".jsp", ".cgi", ".pl", ".do"})
HOPELESS = {
    "image": N_("is a picture, and no text. Give the address of a page or a document."),
    "audio": N_("is a sound, and no text. Give the address of a page or a document."),
    "video": N_("is a film, and no text. Give the address of a page or a document."),
    "font": N_("is a font, and no text. Give the address of a page or a document."),
}


def media_type(content_type: str | None) -> str:
    """The type that a Content-Type header names, in lower case; "" where there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def charset(content_type: str | None) -> str | None:
    """The label of the encoding that a Content-Type header names, in lower case; unchecked."""
    found = CHARSET.search((content_type or "").lower())
    return found[1] if found else None


def check_readable(kind: str) -> None:
    """Raise NoPageError for a media type that never holds text, such as a picture's.

    All other types are let through: servers name them wrongly, and contents tell better.
    """
    family = kind.partition("/")[0]
    if family in HOPELESS:
        raise NoPageError(HOPELESS[family])


def file_name(place: Place, kind: str) -> str:
    """A file name for a page: the last part of its path, with a suffix that says its media type.

    A page without a path is called by its host. "" where neither path nor type says anything.
    """
    path = place.target.partition("?")[0]
    last = UNFIT.sub("_", unquote(path.rpartition("/")[2], errors="replace"))[-LONGEST_NAME:]
    suffix = PurePosixPath(last).suffix.lower()
    if kind == "text/plain":
        # Much of what is sent as plain text is more than that, and its name says what.
        wanted: tuple[str, ...] = (".txt",) if suffix in PROGRAMS | {""} else (suffix,)
    else:
        known = BY_MEDIA_TYPE.get(kind)
        wanted = known.suffixes if known else (suffix,)
    if suffix in wanted:
        return last
    stem = last[: -len(suffix)] if suffix in PROGRAMS else last
    return f"{stem or place.host}{wanted[0]}"
