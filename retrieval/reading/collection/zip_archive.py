"""List a ZIP archive: its directory tells all sizes, and no member gives more than that."""

import stat
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from retrieval.errors import LoadError
from retrieval.reading.limits import LARGEST_RATIO, SMALL_MEMBER

from .member import (
    Data,
    Listing,
    Member,
    check_target,
    damaged,
    path_of,
    protected,
    too_many,
    trap,
)

OPENINGS = (b"PK\3\4", b"PK\5\6")
END, END_64, ENTRY = b"PK\5\6", b"PK\6\6", b"PK\1\2"
ENTRY_SIZE, LONGEST_COMMENT = 46, 65_535 + 22
LENGTHS = struct.Struct("<HHH")  # of an entry's name, extra field and comment
ENCRYPTED, UTF_8 = 1, 0x800  # flag bits of a member
# By these members an archive is an Office file, a book or one of Apple's documents.
DOCUMENTS = frozenset(
    (b"[Content_Types].xml", b"mimetype", b"META-INF/manifest.xml", b"META-INF/container.xml")
)
APPLE, MACROS = b".iwa", b"xl/workbook.bin"
# What zipfile raises for what is broken, or packed in a way it doesn't know.
UNREADABLE = (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)
LONGEST_TARGET = 4096  # bytes of a link


def is_zip(data: Data) -> bool:
    """Return whether bytes are a ZIP archive, and not a document that is packed as one."""
    if data[:4] not in OPENINGS:
        return False
    try:
        names = list(_names(data))
    except (struct.error, ValueError):
        return False  # what reads documents tells what is damaged
    return not any(name in DOCUMENTS or name.endswith(APPLE) or name == MACROS for name in names)


def list_zip(data: Data, called: str, most: int) -> Listing:
    """The members of a ZIP archive. Raises LoadError where it is damaged or may do harm."""
    try:
        if sum(1 for _ in _names(data)) > most:
            raise too_many(called, most)
        archive = ZipFile(BytesIO(data))
    except (*UNREADABLE, struct.error) as error:
        raise damaged(called) from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _check(infos, len(data), called)
    members = {path: member for path, member in _members(archive, infos, called) if path}
    return Listing(list(members.values()), archive.comment.decode(errors="replace").strip())


def _names(data: Data) -> Iterator[bytes]:
    """The names in the directory of an archive, without keeping any of it."""
    end = data.rfind(END, max(0, len(data) - LONGEST_COMMENT))
    if end < 0:
        raise ValueError("there is no directory")
    (size,) = struct.unpack_from("<L", data, end + 12)
    if (end_64 := data.rfind(END_64, max(0, end - 100), end)) >= 0:
        (size,) = struct.unpack_from("<Q", data, end_64 + 40)
        end = end_64
    at = end - size
    while at < end:
        if data[at : at + 4] != ENTRY:
            raise ValueError("the directory is damaged")
        name, extra, comment = LENGTHS.unpack_from(data, at + 28)
        yield data[at + ENTRY_SIZE : at + ENTRY_SIZE + name]
        at += ENTRY_SIZE + name + extra + comment


def _check(infos: list[ZipInfo], size: int, called: str) -> None:
    if any(info.flag_bits & ENCRYPTED for info in infos):
        raise protected(called)
    for info in infos:
        if info.file_size > max(SMALL_MEMBER, LARGEST_RATIO * info.compress_size):
            raise trap(called)
    # Members that share their bytes are no files that were ever put in.
    if sum(info.compress_size for info in infos) > size:
        raise trap(called)


def _members(archive: ZipFile, infos: list[ZipInfo], called: str) -> Iterator[tuple[str, Member]]:
    for info in infos:
        path = path_of(_name(info), called)
        place = f"{called}/{path}"
        if stat.S_ISLNK(info.external_attr >> 16):
            target = _read(archive, info, place) if info.file_size <= LONGEST_TARGET else b"/"
            check_target(path, target.decode(errors="replace"), called)
            yield path, Member(path, 0, bytes, is_link=True)
        else:
            yield path, Member(path, info.file_size, partial(_read, archive, info, place))


def _name(info: ZipInfo) -> str:
    """A member's name. Many programs write UTF-8 without saying so."""
    if info.flag_bits & UTF_8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _read(archive: ZipFile, info: ZipInfo, place: str) -> bytes:
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise LoadError(
            "{file} is packed in a way that is not read. Add the file by itself.", file=place
        )
    try:
        with archive.open(info) as file:
            return file.read(info.file_size)
    except UNREADABLE as error:
        raise LoadError(
            "{file} is damaged in its archive. Add the file by itself.", file=place
        ) from error
