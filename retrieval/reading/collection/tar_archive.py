"""List a tar archive: ustar, with the long names of GNU tar and of pax.

It is read here, and not by `tarfile`, whose patterns for pax headers take time that grows with the
square of a hostile one's length in some versions of Python 3.11.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from retrieval.errors import LoadError

from .member import Data, Listing, Member, check_target, damaged, path_of, too_many

BLOCK = 512
CHECKSUM = slice(148, 156)
FILES, LINKS = b"0\0007", b"12"
LONG_NAME, LONG_LINK, PAX, PAX_GLOBAL = b"L", b"K", b"x", b"g"
LONGEST_RECORDS = 1024 * 1024  # bytes of pax records or of a long name
MOST_DIGITS = 19  # of a size


@dataclass(frozen=True, slots=True)
class _Header:
    """The facts that a block states of the file that follows it."""

    name: str
    size: int
    kind: bytes
    link: str


@dataclass(slots=True)
class _Records:
    """Facts in front of a file that are meant for it: its long name, size and target."""

    facts: dict[str, str] = field(default_factory=dict)
    comment: str = ""


def is_tar(data: Data) -> bool:
    """Return whether bytes begin with the header of a tar archive."""
    return len(data) >= BLOCK and data[257:262] == b"ustar" and _is_header(data[:BLOCK])


def list_tar(data: Data, called: str, most: int) -> Listing:
    """The members of a tar archive. Raises LoadError where it is damaged or leads out of itself."""
    records = _Records()
    members = {member.path: member for member in _members(data, called, records, most)}
    return Listing(list(members.values()), records.comment)


def _members(data: Data, called: str, records: _Records, most: int) -> Iterator[Member]:
    """Files and links; of two with one name, the later holds."""
    for count, (header, start) in enumerate(_headers(data, called, records)):
        if count >= most:
            raise too_many(called, most)
        path = path_of(header.name, called)
        if header.kind in LINKS:
            # A second name for a file is told from the top, a link from where it lies.
            base = "" if header.kind == b"1" else None
            check_target(path, header.link, called, base)
            yield Member(path, 0, bytes, is_link=True)
        elif header.kind in FILES and path and not header.name.endswith("/"):
            yield Member(path, header.size, partial(_stretch, data, start, header.size))


def _stretch(data: Data, start: int, size: int) -> bytes:
    return data[start : start + size]


def _headers(data: Data, called: str, records: _Records) -> Iterator[tuple[_Header, int]]:
    at = 0
    while at + BLOCK <= len(data):
        block = data[at : at + BLOCK]
        if not block.strip(b"\0"):
            return
        if not _is_header(block):
            raise damaged(called)
        header, start = _read_header(block), at + BLOCK
        if header.kind in (LONG_NAME, LONG_LINK, PAX, PAX_GLOBAL):
            _note(header, data[start : start + header.size], records, called)
        else:
            header = _completed(header, records)
            yield header, start
        if start + header.size > len(data):
            raise damaged(called)
        at = start + -(-header.size // BLOCK) * BLOCK
    if data[at:].strip(b"\0"):
        raise damaged(called)


def _is_header(block: bytes) -> bool:
    told = _number(block[CHECKSUM])
    # The sum counts itself as blanks.
    return told == sum(block) - sum(block[CHECKSUM]) + 8 * ord(" ")


def _read_header(block: bytes) -> _Header:
    prefix = _text(block[345:500]) if block[257:263] == b"ustar\0" else ""
    name = _text(block[:100])
    kind = block[156:157]
    size = 0 if kind in LINKS or kind == b"5" else max(_number(block[124:136]), 0)
    return _Header(f"{prefix}/{name}" if prefix else name, size, kind, _text(block[157:257]))


def _number(field: bytes) -> int:
    """A number in octal digits, or in binary where its first bit is set; -1 for neither."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    try:
        return int(digits, 8) if digits else 0
    except ValueError:
        return -1


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode(errors="replace")


def _note(header: _Header, value: bytes, records: _Records, called: str) -> None:
    if header.size > LONGEST_RECORDS:
        raise LoadError(
            "{archive} says more of its files than there is to say. Split it into smaller "
            "archives.",
            archive=called,
        )
    if header.kind == LONG_NAME:
        records.facts["path"] = _text(value)
    elif header.kind == LONG_LINK:
        records.facts["linkpath"] = _text(value)
    else:
        found = dict(_pax(value, called))
        if header.kind == PAX:
            records.facts.update(found)
        else:
            records.comment = found.get("comment", records.comment)


def _pax(value: bytes, called: str) -> Iterator[tuple[str, str]]:
    """The records of a pax header: "27 path=a name\\n", the number being the length of it all."""
    at = 0
    while at < len(value) and value[at]:
        digits = value[at : at + 10].partition(b" ")[0]
        length = int(digits) if digits.isdigit() else 0
        record = value[at + len(digits) + 1 : at + length - 1]
        if length <= len(digits) + 1 or at + length > len(value):
            raise damaged(called)
        key, _, told = record.partition(b"=")
        yield key.decode(errors="replace"), told.decode(errors="replace")
        at += length


def _completed(header: _Header, records: _Records) -> _Header:
    """The header with what was said in front of it, which then is used up."""
    facts, records.facts = records.facts, {}
    size = facts.get("size", "")
    told = size.isdigit() and len(size) <= MOST_DIGITS and header.size
    return _Header(
        facts.get("GNU.sparse.name") or facts.get("path") or header.name,
        int(size) if told else header.size,
        # A sparse file is not read: it may say that it holds more than there is.
        b"S" if any(key.startswith("GNU.sparse") for key in facts) else header.kind,
        facts.get("linkpath") or header.link,
    )
