"""Archives, put together and taken apart in memory, and made far larger inside than out."""

import gzip
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

Members = Mapping[str, str | bytes]


def archive(members: Members, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members, in this order; the same bytes every time."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name), content, compression)
    return file.getvalue()


def tar(
    members: Mapping[str, str | bytes],
    links: Mapping[str, str] | None = None,
    packed: bool = False,
    form: int = tarfile.PAX_FORMAT,
    comment: str = "",
) -> bytes:
    """A tar archive of some members and links, packed by gzip or not."""
    file = BytesIO()
    headers = {"comment": comment} if comment else {}
    with tarfile.open(fileobj=file, mode="w", format=form, pax_headers=headers) as made:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            made.addfile(info)
    return gzip.compress(file.getvalue(), mtime=0) if packed else file.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The members of an archive, by name."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(data: bytes, changes: Members) -> bytes:
    """The archive with some members replaced or added."""
    return archive({**members(data), **changes})


def edited(data: bytes, name: str, old: str, new: str) -> bytes:
    """The archive with the first `old` in one member replaced. Fails where there is none."""
    text = members(data)[name].decode()
    assert old in text
    return changed(data, {name: text.replace(old, new, 1)})


def linked(data: bytes, name: str, target: str) -> bytes:
    """The archive with one member turned into a link."""
    file = BytesIO(data)
    link = zipfile.ZipInfo(name)
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as made:
        made.writestr(link, target)
    return file.getvalue()


def scrambled(data: bytes) -> bytes:
    """The archive with every member marked as encrypted."""
    return _marked(_marked(data, b"PK\3\4", 6), b"PK\1\2", 8)


def _marked(data: bytes, signature: bytes, offset: int) -> bytes:
    head, *rest = data.split(signature)
    marked = [part[: offset - 4] + b"\1" + part[offset - 3 :] for part in rest]
    return signature.join([head, *marked])


@dataclass(frozen=True, slots=True)
class Swollen:
    """A member that holds `middle` many times over between a start and an end."""

    start: bytes
    middle: bytes
    times: int
    end: bytes

    @property
    def size(self) -> int:
        """The bytes that it unpacks to."""
        return len(self.start) + len(self.middle) * self.times + len(self.end)

    def crc(self) -> int:
        """The check sum that an archive wants of it."""
        return self._summed(zlib.crc32, 0)

    def adler(self) -> int:
        """The check sum that a zlib stream wants of it."""
        return self._summed(zlib.adler32, 1)

    def _summed(self, add: Callable[[bytes, int], int], total: int) -> int:
        total = add(self.start, total)
        for _ in range(self.times):
            total = add(self.middle, total)
        return add(self.end, total)

    def packed(self) -> bytes:
        """It as a raw deflate stream, for which `middle` is packed only once."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        # A full flush forgets what came before, so what follows can stand any number of times.
        start = packer.compress(self.start) + packer.flush(zlib.Z_FULL_FLUSH)
        middle = packer.compress(self.middle) + packer.flush(zlib.Z_FULL_FLUSH)
        return start + middle * self.times + packer.compress(self.end) + packer.flush()


def swollen(data: bytes, name: str, content: Swollen, declared: int | None = None) -> bytes:
    """The archive with one member, or one more, that is far larger than what it is packed in.

    `declared` is the size it claims to have, if that is a lie.
    """
    rest = {other: text for other, text in members(data).items() if other != name}
    return _appended(archive(rest), name, content, content.size if declared is None else declared)


def _appended(data: bytes, name: str, content: Swollen, size: int) -> bytes:
    # zipfile packs what it writes itself, so the new member's headers are written by hand.
    directory_size, directory, total = _end_of(data)
    packed = content.packed()
    facts = struct.pack(
        "<HHHHHIIIHH",
        *(20, 0, zipfile.ZIP_DEFLATED, 0, 33, content.crc(), len(packed), size, len(name), 0),
    )
    member = b"PK\3\4" + facts + name.encode() + packed
    entry = b"PK\1\2\x14\0" + facts + struct.pack("<HHHII", 0, 0, 0, 0, directory) + name.encode()
    entries = data[directory : directory + directory_size] + entry
    end = struct.pack(
        "<HHHHIIH", 0, 0, total + 1, total + 1, len(entries), directory + len(member), 0
    )
    return data[:directory] + member + entries + b"PK\5\6" + end


def _end_of(data: bytes) -> tuple[int, int, int]:
    end = data.rindex(b"PK\5\6")
    total, size, offset = struct.unpack("<HII", data[end + 10 : end + 20])
    return size, offset, total
