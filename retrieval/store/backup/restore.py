"""A backup → its parts in a folder, each as it was when the backup was made, or none at all."""

import hashlib
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from retrieval.errors import FootnoteError
from retrieval.store.sqlite import SCHEMA_VERSION

from .manifest import MANIFEST, Manifest, Member, read_manifest
from .snapshot import record

# Bytes of a manifest, and of what is read at a time.
LONGEST_MANIFEST, CHUNK = 16 * 1024 * 1024, 1024 * 1024

# All that comes of reading an archive that is none, or was damaged; RuntimeError where that makes
# it look encrypted.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def unpack(file: Path, folder: Path) -> Manifest:
    """Unpacks a backup into an empty folder, and checks everything in it.

    Raises FootnoteError where the file is no backup, is damaged, was made by a newer Footnote, or
    there is no room for it.
    """
    with _explaining(file), zipfile.ZipFile(file) as archive:
        manifest = _manifest(archive)
        _check_names(archive, manifest)
        _check_room(manifest, folder)
        for member in manifest.members:
            with archive.open(member.path) as packed:
                _unpack(packed, member, folder / member.path)
            _check(folder / member.path)
    return manifest


@contextmanager
def _explaining(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FootnoteError(f"There is no file {file}.") from error
    except DAMAGE as error:
        raise FootnoteError(f"{file} is no backup, or it is damaged: {error}.") from error
    except OSError as error:
        raise FootnoteError(f"{file} can't be unpacked: {error.strerror or error}.") from error
    except FootnoteError as error:
        raise FootnoteError(f"{file} can't be restored. {error}") from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise FootnoteError("It is no backup.")
    with archive.open(MANIFEST) as packed:
        return read_manifest(packed.read(LONGEST_MANIFEST), SCHEMA_VERSION)


def _check_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    told = sorted([MANIFEST, *(member.path for member in manifest.members)])
    if sorted(archive.namelist()) != told:
        raise FootnoteError("Its parts are not those that its own list names.")


def _check_room(manifest: Manifest, folder: Path) -> None:
    needed = sum(member.bytes for member in manifest.members)
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise FootnoteError(f"It takes {needed:,} bytes, and {folder.parent} has {free:,} left.")


def _unpack(packed: IO[bytes], member: Member, target: Path) -> None:
    """Unpacks one part, and not a byte more than it is said to have."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), member.bytes
    with target.open("xb") as file:
        while chunk := packed.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            file.write(chunk)
    if left or digest.hexdigest() != member.sha256:
        raise FootnoteError(f"Its part {member.path} is damaged.")


def _check(file: Path) -> None:
    """Whether a part is what its name says. A checksum doesn't tell who made it."""
    try:
        if file.suffix == ".db":
            _check_database(file)
        elif file.suffix == ".npy":
            _check_vectors(file)
    except (sqlite3.Error, ValueError) as error:
        raise FootnoteError(f"Its part {file.name} can't be read: {error}.") from error


def _check_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        [(said,)] = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if said != "ok":
        raise FootnoteError(f"Its part {file.name} is damaged: {said}.")


def _check_vectors(file: Path) -> None:
    rows = np.load(file, mmap_mode="r", allow_pickle=False)
    names = rows.dtype.names
    if names != ("number", "vector") or rows.dtype != record(rows.dtype["vector"].shape[0]):
        raise FootnoteError(f"Its part {file.name} holds no vectors.")
