"""Bytes that somebody else has written over."""

from pathlib import Path

PAGE = 4096  # bytes that SQLite writes at once


def write_over(file: Path, at: int = 0, size: int = 64) -> None:
    """Writes over so many bytes of a file, from an offset on."""
    with file.open("rb+") as opened:
        opened.seek(at)
        opened.write(b"\xa5" * size)
