"""Make a home what it was when a backup was made: all of it is unpacked and checked first."""

import hashlib
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import numpy as np

from retrieval.errors import FootnoteError
from retrieval.store.disk import free_space
from retrieval.store.files.chosen_model import FILE as CHOSEN_MODEL
from retrieval.store.files.names import CHANGED_ANSWERS, GOLDEN, golden_files
from retrieval.store.files.synonyms import FILE as SYNONYMS
from retrieval.store.home import Home
from retrieval.store.sqlite import SCHEMA_VERSION
from retrieval.store.vectors.library_index import BATCH, VectorIndex

from .backup import RECORDS, record
from .manifest import MANIFEST, Manifest, Member, read_manifest

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
    """Unpack a backup into an empty folder, and checks everything in it.

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
    free = free_space(folder)
    if needed > free:
        raise FootnoteError(f"It takes {needed:,} bytes, and {folder.parent} has {free:,} left.")


def _unpack(packed: IO[bytes], member: Member, target: Path) -> None:
    """Unpack one part, and not a byte more than it is said to have."""
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
    """Check that a part is what its name says, since a checksum doesn't tell who made it.

    Raises FootnoteError where it is not.
    """
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


@dataclass(frozen=True, slots=True)
class Restored:
    """The numbers of libraries and documents that a home was made of, and the backup's time.

    `kept` are records that the home had already, and that the backup's did not replace.
    """

    libraries: int
    documents: int
    made_at: str
    kept: tuple[str, ...]


def restore(home: Home, file: Path, calibration: str) -> Restored:
    """Make a home that holds no documents what it was when a backup of it was made.

    `calibration` is what the home's calibration is called. Everything is checked before the home
    is touched, and its libraries come in one step, the last. Raises FootnoteError where the home
    holds documents, or the backup can't be used.
    """
    _check_empty(home)
    with _scratch(home, file) as folder:
        manifest = unpack(file, folder)
        libraries = sorted(path.stem for path in (folder / "libraries").glob("*.db"))
        for name in libraries:
            _put_vectors(home, name, folder / "vectors" / f"{name}.npy")
        kept = tuple(_put_records(home.folder, folder, calibration))
        (folder / "libraries").mkdir(exist_ok=True)
        home.take_libraries(folder / "libraries")
    return Restored(len(libraries), manifest.documents, manifest.made_at, kept)


def _check_empty(home: Home) -> None:
    for name in home.names():
        if home.store_of_any_model(name).catalog.documents():
            raise FootnoteError(
                f"The home {home.folder} holds documents, and a backup is restored into an empty "
                "one. Name another with --home."
            )


@contextmanager
def _scratch(home: Home, file: Path) -> Iterator[Path]:
    """A folder in the home, so that what is in it can be moved in one step."""
    try:
        with TemporaryDirectory(dir=home.folder, prefix=".restore-") as name:
            yield Path(name)
    except OSError as error:
        raise FootnoteError(
            f"{file} can't be restored to {home.folder}: {error.strerror or error}."
        ) from error


def _put_vectors(home: Home, library: str, file: Path) -> None:
    index = VectorIndex(home.vectors, library)
    index.clear()  # what an earlier restore left that was cut off
    rows = np.load(file, mmap_mode="r") if file.exists() else np.empty(0, record(1))
    for first in range(0, len(rows), BATCH):
        some = rows[first : first + BATCH]
        some = some[some["number"] > 0]
        index.put(some["number"].tolist(), np.asarray(some["vector"]))


def _put_records(home: Path, folder: Path, calibration: str) -> Iterator[str]:
    """Move the home's other files there, but for those it has: they may be open."""
    golden = (f"{GOLDEN}/{file.name}" for file in golden_files(folder))
    for name in (*RECORDS, calibration, SYNONYMS, CHOSEN_MODEL, CHANGED_ANSWERS, *golden):
        if (home / name).exists() and (folder / name).exists():
            yield name
        elif (folder / name).exists():
            (home / name).parent.mkdir(exist_ok=True)
            (folder / name).replace(home / name)
