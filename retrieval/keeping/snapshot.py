"""Copies of a home's files, made while they are in use."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from ..shelf import Shelf, held
from ..stored import answering_numbers
from ..vectors.index import BATCH, VectorIndex

# Times that a copy is tried before nothing may change meanwhile.
TRIES = 3


def copy_shelf(shelf: Shelf, catalog: Path, vectors: Path) -> None:
    """Copies a library's catalog as it is at one moment, and the vectors of its passages.

    Nobody waits for that, unless documents come and go faster than it can be done.
    """
    for _ in range(TRIES):
        if _copied(shelf, catalog, vectors):
            return
    with held([shelf]):
        _copied(shelf, catalog, vectors)


def _copied(shelf: Shelf, catalog: Path, vectors: Path) -> bool:
    """Whether all passages of the copy still had their vectors when these were copied."""
    copy_database(shelf.catalog.path, catalog)
    with closing(sqlite3.connect(catalog)) as copy:
        numbers = answering_numbers(copy)
    return copy_vectors(shelf.index, numbers, vectors) == len(numbers)


def copy_database(source: Path, target: Path) -> None:
    """Copies an SQLite file as it is at one moment, whoever writes to it."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        # All pages in one step: that reads from one state, and keeps no writer waiting.
        reading.backup(writing)
        # What is copied is a file by itself, without a log beside it.
        writing.execute("PRAGMA journal_mode = DELETE")


def count_documents(catalog: Path) -> int:
    """How many documents of a copied catalog answer."""
    with closing(sqlite3.connect(catalog)) as copy:
        query = "SELECT count(*) FROM documents WHERE state = 'ready'"
        (count,) = copy.execute(query).fetchone()
    return int(count)


def copy_vectors(index: VectorIndex, numbers: Sequence[int], target: Path) -> int:
    """Writes the vectors of numbered passages to a NumPy file; how many there were."""
    written = 0
    rows = None
    for first in range(0, len(numbers), BATCH):
        found, vectors = index.vectors(numbers[first : first + BATCH])
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
