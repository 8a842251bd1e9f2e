"""All that a process does to the files of a folder, written down by a C library in its way."""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from shutil import which

SOURCE = Path(__file__).with_name("recorder.c")
HEADER = struct.Struct("=IIQQQ")


class Kind(IntEnum):
    """A change of a file or a name, as `recorder.c` numbers it."""

    MADE = 1
    MADE_FOLDER = 2
    WRITTEN = 3
    CUT = 4
    SYNCED = 5
    RENAMED = 6
    REMOVED = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `file` is an inode's number; `length` what a file is cut to; `data` is what was
    written at `offset`, or the path that `path` was renamed to."""

    kind: Kind
    file: int
    path: str
    offset: int
    length: int
    data: bytes


def can_record() -> bool:
    """Return whether this machine has what it takes: Linux, and a C compiler."""
    return sys.platform == "linux" and which("cc") is not None


def record(folder: Path, log: Path, arguments: Sequence[str]) -> None:
    """Runs a Python program, and writes down in a log what it does to the files of a folder."""
    library = log.with_suffix(".so")
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE), "-ldl"], check=True
    )
    recorded = {
        "LD_PRELOAD": str(library),
        "RECORD_FOLDER": str(folder),
        "RECORD_LOG": str(log),
    }
    subprocess.run([sys.executable, *arguments], env={**os.environ, **recorded}, check=True)


def read_log(log: Path) -> Iterator[Entry]:
    """Yield what was written down, in its order."""
    with log.open("rb") as file:
        while head := file.read(HEADER.size):
            kind, path_length, number, offset, length = HEADER.unpack(head)
            path = os.fsdecode(file.read(path_length))
            has_data = kind in (Kind.WRITTEN, Kind.RENAMED)
            data = file.read(length) if has_data else b""
            yield Entry(Kind(kind), number, path, offset, length, data)
