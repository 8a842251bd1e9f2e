"""Opens the archives that Office files and books are, after a look at what is in them.

zipfile gives no more of a member than the archive's directory says it has, so that a look at the
directory is enough to know what unpacking it would cost.
"""

import re
import stat
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from retrieval.reading.formats import errors as words
from retrieval.reading.formats.content_x import UnreadableError

# A large book or workbook has hundreds of members, and unpacks to ten to thirty times its size.
MOST_MEMBERS = 5_000
MOST_UNPACKED = 400 * 1024 * 1024
LARGEST_RATIO, SMALL = 200, 1024 * 1024
DRIVE = re.compile("[A-Za-z]:")  # as in “C:”; any other name may have a colon
ENCRYPTED = 1  # a flag bit of a member
XML_SUFFIXES = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm")
OPENING = 64 * 1024  # a DTD stands in front of everything else


def open_archive(data: bytes) -> ZipFile:
    """The archive, for reading in memory. Raises UnreadableError where it is up to no good."""
    archive = ZipFile(BytesIO(data))
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise UnreadableError(f"holds more than {MOST_MEMBERS:,} files. {words.SPLIT}")
    for member in members:
        _check_member(member)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UnreadableError(f"unpacks to more than {words.size(MOST_UNPACKED)}. {words.SPLIT}")
    for member in members:
        _check_entities(archive, member)
    return archive


def _check_member(member: ZipInfo) -> None:
    if _leads_out(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableError(f"is an archive whose files lead out of it. {words.ANEW}")
    if member.flag_bits & ENCRYPTED:
        raise words.protected()
    if member.file_size > max(SMALL, LARGEST_RATIO * member.compress_size):
        raise UnreadableError(f"unpacks to far more than it should, as a trap does. {words.ANEW}")


def _leads_out(name: str) -> bool:
    folders = name.replace("\\", "/").split("/")
    return ".." in folders or not folders[0] or bool(DRIVE.match(name))


def _check_entities(archive: ZipFile, member: ZipInfo) -> None:
    # No kind of document has them, and a few can stand for gigabytes.
    if member.filename.lower().endswith(XML_SUFFIXES):
        with archive.open(member) as file:
            opening = file.read(OPENING).replace(b"\0", b"")
        if b"<!DOCTYPE" in opening and b"<!ENTITY" in opening:
            raise UnreadableError(f"holds XML that defines entities, a trap. {words.ANEW}")
