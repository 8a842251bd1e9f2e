"""An archive as a collection: ZIP, tar and gzip, opened in memory within limits.

Nothing is written to a disk by a name that stands in an archive. Every check is made before the
first document is given out: of an archive that may do harm, nothing is read at all.
"""

import gzip
import mmap
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO

from retrieval.errors import LoadError
from retrieval.reading.limits import (
    ARCHIVE_SUFFIXES,
    LARGEST_RATIO,
    SMALL_MEMBER,
    ArchiveLimits,
    check_size,
)
from retrieval.reading.raw_document import RawDocument

from .collection import Collection, Entry, Holding
from .layouts.arrange import arrange
from .left_out import ARCHIVE, LINK, is_read
from .member import Data, Listing, Member, damaged, too_large, too_many, trap
from .tar_archive import is_tar, list_tar
from .wiki_export import SUFFIX, is_wiki_export, list_wiki
from .zip_archive import is_zip, list_zip

GZIP = b"\x1f\x8b"
WIKI = ".xml"  # the suffix of a wiki's export, and of much else
# What macOS puts beside files into archives, and Windows into folders.
LITTER = frozenset(("__macosx", "thumbs.db", "desktop.ini"))
READ_AT_ONCE = 1024 * 1024


def is_archive(data: Data) -> bool:
    """Return whether bytes are an archive of files, and not a document that is packed as one."""
    packed = data[: len(GZIP)] == GZIP or is_zip(data) or is_tar(data)
    return packed or is_wiki_export(data)


def open_archive(raw: RawDocument, limits: ArchiveLimits | None = None) -> Collection:
    """The documents in an archive, each with the archive's source and its path as its source.

    Raises LoadError, which says why, where it may do harm or holds nothing that we read.
    """
    opened = _Opened(raw.called, limits or ArchiveLimits())
    listing = opened.list(raw.data, raw.name, "", opened.limits.nested)
    address = raw.source if raw.source.startswith(("http://", "https://")) else ""
    holding = opened.holding(raw.name, listing.comment, address)
    arrange(holding)
    if not holding.entries:
        raise _nothing(raw.called, holding)
    entries = (_named(entry, raw) for entry in holding.entries)
    return Collection(raw.source, raw.called, tuple(entries), holding.left_out)


def _named(entry: Entry, archive: RawDocument) -> Entry:
    """An entry whose document is known by the archive and its path there."""
    return entry.told(
        source=f"{archive.source}/{entry.path}", called=f"{archive.called}/{entry.path}"
    )


def _nothing(called: str, holding: Holding) -> LoadError:
    if told := holding.left_out.told():
        return LoadError(
            "{archive} holds no file to read. {left_out} Add an archive of documents.",
            archive=called,
            left_out=told,
        )
    return LoadError(
        "{archive} holds no file to read. Add an archive of documents.", archive=called
    )


class _Opened:
    """An archive, and those in it, while they are listed: what all of them hold together."""

    def __init__(self, called: str, limits: ArchiveLimits) -> None:
        self.called, self.limits = called, limits
        self.files: dict[str, Member] = {}
        self.links = self.archives = self.size = self.count = 0
        self.hidden = set[str]()
        self.left_out = Counter[str]()

    def list(self, data: Data, name: str, under: str, nested: int) -> Listing:
        """Note the members of an archive, and of archives in it, `nested` of them in each other."""
        listing = self._listing(data, name)
        self.left_out.update(listing.left_out)
        for member in listing.members:
            self._note(replace(member, path=f"{under}{member.path}"), nested)
        return listing

    def _listing(self, data: Data, name: str) -> Listing:
        if data[:2] != GZIP:
            return _lister(data)(data, self.called, self.limits.files)
        unpacked = _unpacked(data, self.called, self.limits.unpacked)
        if is_tar(unpacked) or is_wiki_export(unpacked):
            return _lister(unpacked)(unpacked, self.called, self.limits.files)
        inside = PurePosixPath(name).stem if name.lower().endswith(".gz") else name or "file"
        return Listing([Member(inside, len(unpacked), lambda: unpacked[:])])

    def _note(self, member: Member, nested: int) -> None:
        self._pay(member)
        if hidden := _hidden(member.path):
            self.hidden.add(hidden)
        elif member.is_link:
            self.links += 1
        elif member.path.lower().endswith((*ARCHIVE_SUFFIXES, WIKI)):
            self._open_nested(member, nested)
        else:
            self.files[member.path] = member

    def _pay(self, member: Member) -> None:
        self.count += 1
        self.size += member.size
        if self.count > self.limits.files:
            raise too_many(self.called, self.limits.files)
        if self.size > self.limits.unpacked:
            raise too_large(self.called, self.limits.unpacked)

    def _open_nested(self, member: Member, nested: int) -> None:
        """An export in several pieces is an archive of archives."""
        is_wiki = member.path.lower().endswith(WIKI)
        data = member.read() if nested or is_wiki else b""
        if is_wiki and not is_wiki_export(data):
            self.files[member.path] = member
            return
        if not data or not is_archive(data):
            self.archives += 1
            return
        self.list(data, member.path.rpartition("/")[2], f"{member.path}/", nested - 1)

    def holding(self, name: str, comment: str, address: str) -> Holding:
        """All that was noted, to be arranged."""
        entries, others = list[Entry](), list[Entry]()
        for path, member in self.files.items():
            read = is_read(member.name or path, member.read)
            (entries if read else others).append(_entry(member, f"{self.called}/{path}"))
        holding = Holding(
            name, entries, others, comment=comment, address=address, hidden=frozenset(self.hidden)
        )
        holding.left_out.add(LINK, self.links)
        holding.left_out.add(ARCHIVE, self.archives)
        for reason, count in self.left_out.items():
            holding.left_out.add(reason, count)
        return holding


def _entry(member: Member, called: str) -> Entry:
    name = member.name or member.path.rpartition("/")[2]
    title = member.name.removesuffix(SUFFIX)

    def load() -> RawDocument:
        check_size(member.size, called)
        data = member.read()
        return RawDocument(data, source=called, called=called, name=name, listed=title)

    return Entry(member.path, member.size, load)


def _lister(data: Data) -> Callable[[Data, str, int], Listing]:
    """The reader of what is no gzip: of ZIP where it is nothing else."""
    if is_wiki_export(data):
        return list_wiki
    return list_tar if is_tar(data) else list_zip


def _hidden(path: str) -> str:
    """The path up to the first part that is hidden, or that systems leave behind; "" for none."""
    parts = path.split("/")
    for depth, part in enumerate(parts, start=1):
        if part.startswith(".") or part.lower() in LITTER:
            return "/".join(parts[:depth])
    return ""


def _unpacked(data: Data, called: str, most: int) -> Data:
    """The bytes that gzip packed, in a file without a name. Raises LoadError past `most`."""
    size = 0
    with TemporaryFile() as file, gzip.GzipFile(fileobj=BytesIO(data)) as packed:
        while piece := _next(packed, called):
            size += len(piece)
            if size > max(SMALL_MEMBER, LARGEST_RATIO * len(data)):
                raise trap(called)
            if size > most:
                raise too_large(called, most)
            _write(file, piece, called)
        file.flush()
        return mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b""


def _next(packed: gzip.GzipFile, called: str) -> bytes:
    try:
        return packed.read(READ_AT_ONCE)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(called) from error


def _write(file: IO[bytes], piece: bytes, called: str) -> None:
    try:
        file.write(piece)
    except OSError as error:
        raise LoadError(
            "{archive} could not be unpacked: {why}. Make room.",
            archive=called,
            why=error.strerror,
        ) from error
