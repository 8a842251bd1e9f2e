"""Detect index files torn by a power cut, or otherwise damaged, before Chroma opens them.

Chroma writes its index over itself now and then, takes what it wrote there out of its database, and
waits for the disk with the database alone (chromadb 1.5.9). What a power cut leaves of the index is
then a mixture of old and new: it fails, has wrong vectors, or brings the process down. So does one
whose bytes were changed by anything else, which its checksums tell.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from threading import Lock

from retrieval.errors import FootnoteError
from retrieval.store.disk import (
    ROOM,
    ROOM_TO_OPEN,
    check_room,
    replace_file,
    sync_file,
    sync_folder,
)

# In a home, beside the folder of the vectors.
SUMS, VECTORS, MARK = "vectors.sums", "vectors", "vectors.mark"
# The file that Chroma writes last of an index. Without it, it begins the others anew whenever it
# opens them, from what it has in its database.
INDEX = "index_metadata.pickle"
# Bytes read at once.
BLOCK = 1024 * 1024
# What names the time since the machine was started: what was written since then, and not to the
# disk, only a power cut takes away. Other systems than Linux have no such file.
BOOT = Path("/proc/sys/kernel/random/boot_id")
CHANGING, SAFE = b"1", b"0"

# Of each index, by the name of its folder, each file's size and CRC-32, by its name.
Sums = dict[str, dict[str, list[int]]]


class Mark:
    """Says in a file of its own whether Chroma's files are being changed: on the disk before they
    are, and taken back once they are, too. Any thread may use it."""

    def __init__(self, folder: Path) -> None:
        """For the vectors of the home in a folder. Raises OSError where it can't write there."""
        self.home = folder
        self.vectors = folder / VECTORS
        # Whether the last process was killed while it changed them, and nothing is lost by that.
        self.interrupted = False
        self._lock = Lock()
        self._known = dict[Path, int]()
        if not (folder / MARK).exists():
            (folder / MARK).touch(0o600)
            sync_folder(folder)
        self._file = (folder / MARK).open("rb+", buffering=0)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def clear(self) -> str:
        """Remove all vectors if a power cut or something else may have spoilt them; says which.

        To be called before Chroma is opened. Where the last process was `interrupted`, something is
        to be changed next, so that it is known again what is there. Raises OSError where they can't
        be removed, and FootnoteError where the disk is full.
        """
        self.check_room(ROOM_TO_OPEN)
        self._file.seek(0)
        marked, boot = self._file.read(), _boot()
        changing = marked.startswith(CHANGING)
        killed = changing and bool(boot) and marked == CHANGING + boot
        spoilt = self._spoilt(changing, killed)
        self.interrupted = changing and not spoilt
        if spoilt:
            self.give_up()
        # What is not written down yet, or no longer true, is written down at the next change.
        written_down = (self.home / SUMS).exists() and not self.interrupted
        self._known = self._indexes() if written_down else {}
        if not self.interrupted:
            self._write(SAFE)
        return spoilt

    def give_up(self) -> None:
        """Remove all vectors. Raises OSError where they can't be removed."""
        if self.vectors.exists():
            rmtree(self.vectors)
        (self.home / SUMS).unlink(missing_ok=True)
        sync_folder(self.home)
        self._known = {}

    def _spoilt(self, changing: bool, killed: bool) -> str:
        """The cause that may have spoilt the vectors, or "".

        While they were `changing`, the process was `killed`, or else the power cut; what damages
        them otherwise goes by no mark.
        """
        if killed:
            return "a process was killed while it wrote them" if is_half_written(self.home) else ""
        # Chroma takes good care of what it changes, but for its indexes.
        if changing:
            return "" if is_untouched(self.home) else "the power was cut while they were written"
        return "they were damaged" if is_damaged(self.home) else ""

    @contextmanager
    def changing(self, room: int = ROOM) -> Iterator[None]:
        """Bring what the block changes of Chroma's files to the disk by its end.

        One thread at a time: what another is in the midst of could not be told from what is done.
        Raises FootnoteError where the disk doesn't take it, or hasn't so many bytes of room.
        """
        with self._lock, _telling(self.vectors):
            self.check_room(room)
            self._write(CHANGING)
            sync_file(self._file.fileno())
            try:
                yield
            finally:
                self._sync()
                # Nothing waits for this to be on the disk: where it is lost, too much is made anew.
                self._write(SAFE)

    def check_room(self, room: int = ROOM) -> None:
        """Raises FootnoteError where the disk hasn't so many bytes of room."""
        # Chroma, once it has met a full disk, may never return from a call again.
        check_room(self.home, room)

    def _write(self, state: bytes) -> None:
        self._file.seek(0)
        self._file.write(state + _boot())

    def _sync(self) -> None:
        """Wait until all indexes that were written since the last time are on the disk."""
        indexes = self._indexes()
        changed = dict(indexes.items() - self._known.items())
        for folder in changed:
            for file in folder.iterdir():
                with file.open("rb+") as opened:
                    sync_file(opened.fileno())
            sync_folder(folder)
        if indexes != self._known:
            self._note(indexes, changed)
        self._known = indexes
        # SQLite ends a change by removing its journal, and doesn't wait for that.
        if self.vectors.exists():
            sync_folder(self.vectors)

    def _note(self, indexes: Iterable[Path], changed: Iterable[Path]) -> None:
        """Write down what the indexes are by which they can be told from damaged ones."""
        there = {folder.name for folder in indexes}
        before = read_sums(self.home)
        kept = {name: sums for name, sums in before.items() if name in there}
        write_sums(self.home, kept | sum_up(changed))

    def _indexes(self) -> dict[Path, int]:
        """The folders of all indexes, and when each was last written."""
        files = self.vectors.glob(f"*/{INDEX}")
        return {file.parent: file.stat().st_mtime_ns for file in files}


def _boot() -> bytes:
    return BOOT.read_bytes().strip() if BOOT.exists() else b""


@contextmanager
def _telling(vectors: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FootnoteError(
            "The vectors in {folder} can't be written: {error}. Make room, or mend the disk, and "
            "try again; nothing that was reported as done is lost.",
            folder=vectors,
            error=error.strerror,
        ) from error


def read_sums(home: Path) -> Sums:
    """The sums written down for a home's indexes; nothing where an older Footnote left it.

    Raises OSError where it can't be read.
    """
    path = home / SUMS
    if not path.exists():
        return {}
    try:
        read: Sums = json.loads(path.read_bytes())
    except ValueError:
        return {"?": {SUMS: [0, 0]}}  # damaged itself: it vouches for nothing that is there
    return read


def write_sums(home: Path, sums: Sums) -> None:
    """Write down what a home's indexes are. Raises OSError where it can't."""
    replace_file(home / SUMS, json.dumps(sums).encode())


def sum_up(folders: Iterable[Path]) -> Sums:
    """The sums of some indexes as they are; of one that isn't there, none.

    Raises OSError where one can't be read.
    """
    return {
        folder.name: {file.name: _sum(file) for file in sorted(folder.glob("*")) if file.is_file()}
        for folder in folders
    }


def _sum(file: Path) -> list[int]:
    size = crc = 0
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            size, crc = size + len(block), zlib.crc32(block, crc)
    return [size, crc]


def is_damaged(home: Path) -> bool:
    """True if an index is no longer what it was written down to be. Raises OSError as above."""
    written = read_sums(home)
    return sum_up(home / VECTORS / name for name in written) != written


def is_untouched(home: Path) -> bool:
    """True if all indexes are what they were written down to be, and none was even begun since.

    Raises OSError as above.
    """
    folders = [path for path in (home / VECTORS).glob("*") if any(path.glob("*"))]
    return sum_up(folders) == read_sums(home)


def is_half_written(home: Path) -> bool:
    """True if an index has been written since, but not to its end. Raises OSError as above."""
    for name, written in read_sums(home).items():
        [now] = sum_up([home / VECTORS / name]).values()
        changed = {file for file in {*written, *now} if now.get(file) != written.get(file)}
        if changed and INDEX not in changed:
            return True
    return False
