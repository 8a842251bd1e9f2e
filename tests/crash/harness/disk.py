"""A disk whose power may be cut: what of a folder's files is safe on it, and what may be lost."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from .recording import Entry, Kind

# What a disk writes in one go, whole or not at all.
SECTOR = 512


@dataclass(frozen=True, slots=True)
class Change:
    """Bytes that are put at an offset, or, without any, a file cut off there."""

    offset: int
    data: bytes | None


@dataclass(slots=True)
class File:
    """The safe part of a file, and the changes since then, of which any may be lost."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        """All of it is safe."""
        for change in self.pending:
            _apply(self.safe, change)
        self.pending.clear()

    def content(self, survives: Callable[[Change], bool] = lambda _: True) -> bytes:
        """Return what would be found in it; `survives` says which of the pending changes."""
        content = bytearray(self.safe)
        for change in self.pending:
            for part in _sectors(change):
                if survives(part):
                    _apply(content, part)
        return bytes(content)


def _apply(content: bytearray, change: Change) -> None:
    if change.data is None:
        del content[change.offset :]
        content.extend(bytes(change.offset - len(content)))
        return
    end = change.offset + len(change.data)
    content.extend(bytes(max(0, end - len(content))))
    content[change.offset : end] = change.data


def _sectors(change: Change) -> list[Change]:
    if change.data is None:
        return [change]
    parts, at, data = list[Change](), change.offset, change.data
    while data:
        here = SECTOR - at % SECTOR
        parts.append(Change(at, data[:here]))
        at, data = at + here, data[here:]
    return parts


@dataclass(slots=True)
class Disk:
    """The files of a folder by what was recorded of them.

    Names are made, changed and removed in order: of those since the last that is safe, the first
    ones survive. With `journalled`, as on ext4 and XFS, whoever waits for a file to be safe waits
    for all names so far; without, as POSIX has it, only who waits for a folder does.
    """

    journalled: bool
    names: list[Entry] = field(default_factory=list)
    safe_names: int = 0
    files: dict[int, File] = field(default_factory=dict)
    made: dict[int, File] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """The next of what was recorded."""
        match entry.kind:
            case Kind.WRITTEN:
                self.files[entry.file].pending.append(Change(entry.offset, entry.data))
            case Kind.CUT:
                self.files[entry.file].pending.append(Change(entry.length, None))
            case Kind.SYNCED:
                self._sync(entry)
            case _:
                if entry.kind == Kind.MADE:
                    # The number of one that is no more may be another's now.
                    self.files[entry.file] = self.made[len(self.names)] = File()
                self.names.append(entry)

    def _sync(self, entry: Entry) -> None:
        file = self.files.get(entry.file)
        if file is not None:
            file.sync()
        if file is None or self.journalled:
            self.safe_names = len(self.names)

    def found(self, names: int) -> tuple[set[str], dict[str, File]]:
        """The folders and the files that are there after so many changes of names."""
        folders, files = set[str](), dict[str, File]()
        for number, entry in enumerate(self.names[:names]):
            match entry.kind:
                case Kind.MADE_FOLDER:
                    folders.add(entry.path)
                case Kind.MADE:
                    files[entry.path] = self.made[number]
                case Kind.RENAMED:
                    _rename(folders, files, entry.path, os.fsdecode(entry.data))
                case Kind.REMOVED:
                    folders.discard(entry.path)
                    files.pop(entry.path, None)
        return folders, files


def _rename(folders: set[str], files: dict[str, File], path: str, onto: str) -> None:
    if path in files:
        files[onto] = files.pop(path)
        return
    for known in [known for known in files if known.startswith(f"{path}/")]:
        files[onto + known.removeprefix(path)] = files.pop(known)
    moved = {known for known in folders if known == path or known.startswith(f"{path}/")}
    folders -= moved
    folders |= {onto + known.removeprefix(path) for known in moved}


def after_power_cut(disk: Disk, root: Path, onto: Path, random: Random, witness: str) -> None:
    """Lays out in an empty folder what might be found in `root` if the power were cut now.

    The `witness` is a file there that is whole all the same: somebody elsewhere took it down.
    """
    names = random.choice([disk.safe_names, random.randint(disk.safe_names, len(disk.names))])
    folders, files = disk.found(names)
    for folder in sorted(folders):
        (onto / Path(folder).relative_to(root)).mkdir(parents=True, exist_ok=True)
    for path, file in files.items():
        place = onto / Path(path).relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        # Systems write back file by file: some are there whole when others are not yet begun.
        share = random.choice([0.0, 0.5, 1.0])
        place.write_bytes(file.content(_surviving(random, share)))
    _, files = disk.found(len(disk.names))
    if seen := files.get(str(root / witness)):
        (onto / witness).write_bytes(seen.content())


def _surviving(random: Random, share: float) -> Callable[[Change], bool]:
    return lambda _: random.random() < share
