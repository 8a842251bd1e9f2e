"""Copies of a home's files, made while they are in use."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from retrieval.store.library_store import Shelf, held
from retrieval.store.passages import answering_numbers
from retrieval.store.vectors.base import VectorsError
from retrieval.store.vectors.index import BATCH

# Times that a copy is tried before nothing may change meanwhile.
TRIES = 3


def copy_shelf(shelf: Shelf, catalog: Path, vectors: Path) -> int:
    """Copies a library's catalog as it is at one moment, and the vectors of its passages.

    Returns how many passages have none, or none that can be had. Nobody waits for that, unless
    documents come and go faster than it can be done.
    """
    for _ in range(TRIES if shelf.index.whole is not False else 0):
        if not _copy(shelf, catalog, vectors):
            return 0
    with held([shelf]):
        return _copy(shelf, catalog, vectors)


def _copy(shelf: Shelf, catalog: Path, vectors: Path) -> int:
    """How many passages of the copy no longer had a vector when these were copied."""
    copy_database(shelf.catalog.path, catalog)
    with closing(sqlite3.connect(catalog)) as copy:
        numbers = answering_numbers(copy)
    try:
        return len(numbers) - copy_vectors(shelf, numbers, vectors)
    except VectorsError:
        vectors.unlink(missing_ok=True)
        return len(numbers)


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


def copy_vectors(shelf: Shelf, numbers: Sequence[int], target: Path) -> int:
    """Writes the vectors of numbered passages to a NumPy file; how many there were.

    Rows of it that are left over have the number 0, which no passage has.
    """
    written = 0
    rows = None
    for first in range(0, len(numbers), BATCH):
        with held([shelf]):
            found, vectors = shelf.index.vectors(numbers[first : first + BATCH])
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
