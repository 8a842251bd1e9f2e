"""Checksums of the files of Chroma's indexes, and the files that Chroma leaves behind.

An index whose bytes were changed by anything else has wrong vectors, or brings the process down, so
damage must be noticed before Chroma opens it. The files of indexes that it no longer knows, it
never removes (chromadb 1.5.9).
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from retrieval.store.fsync import replace_file

# In a home, beside the folder of the vectors.
SUMS, VECTORS = "vectors.sums", "vectors"
# The file that Chroma writes last of an index. Without it, it begins the others anew whenever it
# opens them, from what it has in its database.
INDEX = "index_metadata.pickle"
# Bytes read at once.
BLOCK = 1024 * 1024

# Of each index, by the name of its folder, each file's size and CRC-32, by its name.
Sums = dict[str, dict[str, list[int]]]


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


DATABASE = "chroma.sqlite3"


def left_over(vectors: Path) -> list[Path]:
    """The folders of indexes, among a home's vectors, that belong to no collection.

    To be called when Chroma has been started there.
    """
    folders = [path for path in vectors.iterdir() if path.is_dir()]
    if not folders:
        return []
    whole = f"{(vectors / DATABASE).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(whole, uri=True)) as database:
        try:
            known = {row[0] for row in database.execute("SELECT id FROM segments")}
        except sqlite3.DatabaseError:
            return []  # damaged: Chroma will say so when it is used
    return [folder for folder in folders if folder.name not in known]
