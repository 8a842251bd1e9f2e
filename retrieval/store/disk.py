"""A home's disk: the space that must be free on it, and files that are whole after a power cut."""

import os
from pathlib import Path
from shutil import disk_usage

from retrieval.errors import FootnoteError

# Bytes that must be free on a disk for something to be added, for anything else, and for a home to
# be opened: what grows leaves enough for removing some of it again.
MIB = 1024 * 1024
ROOM_TO_ADD, ROOM, ROOM_TO_OPEN = 32 * MIB, 8 * MIB, MIB


def free_space(folder: Path) -> int:
    """The free bytes of the disk that a folder is on."""
    return disk_usage(folder).free


def check_room(home: Path, room: int) -> None:
    """Raises FootnoteError where the disk of a home hasn't so many bytes of room."""
    free = free_space(home)
    if free < room:
        raise FootnoteError(
            "The disk of {home} is full but for {free} MiB; Footnote needs {room}. Make room and "
            "try again; nothing that was reported as done is lost.",
            home=home,
            free=free // MIB,
            room=room // MIB,
        )


def make_folder(folder: Path) -> None:
    """Make a folder where it is missing, and those above it. Raises OSError where it can't."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of the one before: a reader finds the one or the other, whole.

    Raises OSError where it can't; the one before is then as it was.
    """
    new = path.with_name(f"{path.name}.part")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_file(opened: int) -> None:
    """Wait until what was written to an open file is safe on the disk."""
    # Where it is known, what is needless for reading it again may be left for later.
    getattr(os, "fdatasync", os.fsync)(opened)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are safe on the disk."""
    if os.name == "nt":
        return  # which opens no folders, and keeps names safe by itself
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
