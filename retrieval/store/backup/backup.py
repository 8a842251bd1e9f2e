"""Copy a home, while it is in use, to one file from which it can be made again."""

import hashlib
import os
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retrieval.errors import FootnoteError
from retrieval.store.disk import sync_folder
from retrieval.store.files.chosen_model import FILE as CHOSEN_MODEL
from retrieval.store.files.names import CHANGED_ANSWERS, golden_files
from retrieval.store.files.synonyms import FILE as SYNONYMS
from retrieval.store.home import Home
from retrieval.store.library_store import LibraryStore, held
from retrieval.store.passages import answering_numbers
from retrieval.store.sqlite import SCHEMA_VERSION
from retrieval.store.vectors.library_index import BATCH
from retrieval.store.vectors.vector_store import VectorsError

from .manifest import FORMAT, MANIFEST, Manifest, Member

# Times that a copy is tried before nothing may change meanwhile.
TRIES = 3


def copy_library(store: LibraryStore, catalog: Path, vectors: Path) -> int:
    """Copy a library's catalog as it is at one moment, and the vectors of its passages.

    Returns how many passages have none, or none that can be had. Nothing waits for that, unless
    documents come and go faster than it can be done.
    """
    for _ in range(TRIES if store.index.whole is not False else 0):
        if not _copy(store, catalog, vectors):
            return 0
    with held([store]):
        return _copy(store, catalog, vectors)


def _copy(store: LibraryStore, catalog: Path, vectors: Path) -> int:
    """The number of passages of the copy that no longer had a vector when these were copied."""
    copy_database(store.catalog.path, catalog)
    with closing(sqlite3.connect(catalog)) as copy:
        numbers = answering_numbers(copy)
    try:
        return len(numbers) - copy_vectors(store, numbers, vectors)
    except VectorsError:
        vectors.unlink(missing_ok=True)
        return len(numbers)


def copy_database(source: Path, target: Path) -> None:
    """Copy an SQLite file as it is at one moment, even while others write to it."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        # All pages in one step: that reads from one state, and keeps no writer waiting.
        reading.backup(writing)
        # What is copied is a file by itself, without a log beside it.
        writing.execute("PRAGMA journal_mode = DELETE")


def count_documents(catalog: Path) -> int:
    """The number of documents of a copied catalog that answer."""
    with closing(sqlite3.connect(catalog)) as copy:
        query = "SELECT count(*) FROM documents WHERE state = 'ready'"
        (count,) = copy.execute(query).fetchone()
    return int(count)


def copy_vectors(store: LibraryStore, numbers: Sequence[int], target: Path) -> int:
    """Write the vectors of numbered passages to a NumPy file; how many there were.

    Rows of it that are left over have the number 0, which no passage has.
    """
    written = 0
    rows = None
    for first in range(0, len(numbers), BATCH):
        with held([store]):
            found, vectors = store.index.vectors(numbers[first : first + BATCH])
        if rows is None:
            shape = (len(numbers),)
            rows = np.lib.format.open_memmap(target, "w+", record(vectors.shape[1]), shape)
        rows["number"][written : written + len(found)] = found
        rows["vector"][written : written + len(found)] = vectors
        written += len(found)
    if rows is not None:
        rows.flush()
    return written


def record(dimensions: int) -> np.dtype[np.void]:
    """A passage's number and its vector."""
    return np.dtype([("number", "<i8"), ("vector", "<f4", (dimensions,))])


# The databases that a home holds beside its libraries.
RECORDS = ("activity.db", "usage.db")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made: how many libraries and documents it holds, its size in bytes, and how
    many passages are in it without a vector, which is made when it is restored."""

    file: Path
    libraries: int
    documents: int
    bytes: int
    without_vectors: int = 0


def back_up(home: Home, file: Path, calibration: str, replace: bool = False) -> BackedUp:
    """Write all that a home holds to a file, each library as it is at one moment.

    `calibration` is what its calibration's file is called. The vectors are in it as well: to make
    them again takes the model, and long. Raises
    FootnoteError, with no file written and none replaced, where that can't be done, or where the
    file is there and is not to be replaced.
    """
    if file.exists() and not replace:
        raise FootnoteError(f"{file} is there already. Name another file, or say --force.")
    try:
        with _in_place(file) as part, TemporaryDirectory(dir=file.parent, prefix=".backup-") as at:
            manifest, missing = _write(home, part, Path(at), calibration)
    except OSError as error:
        raise FootnoteError(
            f"The backup can't be written to {file}: {error.strerror or error}."
        ) from error
    libraries = sum(member.path.startswith("libraries/") for member in manifest.members)
    return BackedUp(file, libraries, manifest.documents, file.stat().st_size, missing)


@contextmanager
def _in_place(file: Path) -> Iterator[Path]:
    """A file beside the one that is wanted, which takes its place when the block is through."""
    part = file.with_name(f"{file.name}.part")
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
        sync_folder(file.parent)
    finally:
        part.unlink(missing_ok=True)


def _write(home: Home, part: Path, scratch: Path, calibration: str) -> tuple[Manifest, int]:
    members, documents, missing = list[Member](), 0, 0
    with zipfile.ZipFile(part, "w") as archive:
        for name in home.names():
            store = home.store_of_any_model(name)
            catalog, vectors = scratch / f"{name}.db", scratch / f"{name}.npy"
            missing += copy_library(store, catalog, vectors)
            documents += count_documents(catalog)
            members.append(_put(archive, catalog, f"libraries/{name}.db"))
            if vectors.exists():
                members.append(_put(archive, vectors, f"vectors/{name}.npy"))
        for record in filter(lambda record: (home.folder / record).exists(), RECORDS):
            copy_database(home.folder / record, scratch / record)
            members.append(_put(archive, scratch / record, record))
        for file in _other_files(home.folder, calibration):
            copy = scratch / file.name
            copy.write_bytes(file.read_bytes())
            members.append(_put(archive, copy, file.relative_to(home.folder).as_posix()))
        manifest = _manifest(home, documents, members)
        archive.writestr(MANIFEST, manifest.packed())
    return manifest, missing


def _other_files(home: Path, calibration: str) -> list[Path]:
    """The files of a home that are neither libraries nor records, as far as they are there."""
    named = (home / name for name in (calibration, SYNONYMS, CHOSEN_MODEL, CHANGED_ANSWERS))
    return [*(file for file in named if file.exists()), *golden_files(home)]


def _put(archive: zipfile.ZipFile, file: Path, path: str) -> Member:
    """Move a file into the archive. Vectors would not get smaller."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    packing = zipfile.ZIP_STORED if file.suffix == ".npy" else zipfile.ZIP_DEFLATED
    archive.write(file, path, packing)
    size = file.stat().st_size
    file.unlink()
    return Member(path, size, digest)


def _manifest(home: Home, documents: int, members: list[Member]) -> Manifest:
    return Manifest(
        format=FORMAT,
        footnote="backup",
        made_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        schema=SCHEMA_VERSION,
        embedding_model=home.model,
        documents=documents,
        members=tuple(members),
    )
