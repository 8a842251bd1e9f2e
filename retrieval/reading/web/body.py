"""Bodies of answers → bytes, never more of them than the limit, whatever they unpack to."""

import zlib
from http.client import HTTPResponse, IncompleteRead

from .errors_x import NoPageError

GZIP = 31  # zlib's word for it, with the largest window
MAGIC = b"\x1f\x8b"
PIECE = 64 * 1024
MOST_AT_ONCE = 256 * 1024
TOO_LARGE = "is larger than {limit}. Save the part you need and add that file."
OTHER_PACKING = "comes packed in a way that Footnote did not ask for. Save it and add the file."
CUT_OFF = "holds a gzip archive that is cut off or damaged. Check the address."


class Unpacker:
    """Takes gzip piece by piece, in as many members as come, and no further than its room."""

    def __init__(self, room: int) -> None:
        """`room` is how many bytes may come out."""
        self.room = room
        self.complete = False
        self._member = zlib.decompressobj(GZIP)

    def unpack(self, data: bytes) -> bytes:
        """What the next piece gives, up to the room that is left. Raises zlib.error."""
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


def _unpacker_for(response: HTTPResponse, limit: int) -> Unpacker | None:
    packing = (response.headers["Content-Encoding"] or "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip"}:
        raise NoPageError(OTHER_PACKING)
    return None if packing == "identity" else Unpacker(limit + 1)


def _too_large(limit: int) -> NoPageError:
    mebibytes = limit / 1024 / 1024
    return NoPageError(
        TOO_LARGE.format(limit=f"{mebibytes:g} MiB" if mebibytes >= 1 else "allowed")
    )
