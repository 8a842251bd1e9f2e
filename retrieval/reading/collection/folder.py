"""A folder as a collection: the files in it, and in its folders, that links don't lead out of."""

import os
from collections.abc import Iterator
from pathlib import Path

from .collection import Collection, Entry, Holding
from .files import explaining, find, is_wanted, read_file
from .layouts.arrange import arrange


def open_folder(folder: Path) -> Collection:
    """The documents in a folder. Raises LoadError where it holds none that we read, nor any link
    that leads out of it."""
    found, strays = find(str(folder))
    hidden = set[str]()
    others = [_entry(folder, path) for path in _unread(folder, hidden)]
    entries = [_entry(folder, path) for path in found]
    holding = Holding(folder.resolve().name, entries, others, hidden=frozenset(hidden))
    arrange(holding)
    return Collection(
        str(folder.resolve()),
        str(folder),
        tuple(holding.entries),
        holding.left_out,
        tuple((str(folder), stray) for stray in strays),
    )


def _entry(folder: Path, path: Path) -> Entry:
    with explaining(path):
        size = path.lstat().st_size
    return Entry(path.relative_to(folder).as_posix(), size, lambda: read_file(path))


def _unread(folder: Path, hidden: set[str]) -> Iterator[Path]:
    """The files whose kinds are not read; hidden ones are none, and their folders are noted."""
    for here, folders, names in os.walk(folder):
        hidden.update(
            Path(here, name).relative_to(folder).as_posix()
            for name in folders
            if name.startswith(".")
        )
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and not is_wanted(Path(here, name)):
                yield Path(here, name)
