"""Files and folders that are still there after a power cut, under their names and whole."""

import os
from pathlib import Path


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
