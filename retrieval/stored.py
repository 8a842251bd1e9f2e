"""Passages as the catalog keeps them, their sentences' offsets and vectors packed into bytes."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .embed import Span, Vectors

Spans = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its sentences: their offsets (n, 2) in the document and vectors (n, dim)."""

    id: int
    document: str
    title: str
    source: str
    page: int | None
    start: int
    end: int
    text: str
    sentences: Spans
    vectors: Vectors


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Offsets as the catalog keeps them."""
    return np.array(spans, dtype=np.int32).tobytes()


def unpack_spans(packed: bytes) -> Spans:
    """Offsets (n, 2) from what the catalog keeps."""
    return np.frombuffer(packed, dtype=np.int32).reshape(-1, 2)


def store_vectors(connection: sqlite3.Connection, vectors: Iterable[tuple[int, Vectors]]) -> None:
    """Keeps the sentence vectors of passages, given by passage number."""
    # Half precision halves the file, and moves a cosine by less than 0.001.
    connection.executemany(
        "UPDATE passages SET vectors = ? WHERE id = ?",
        ((matrix.astype(np.float16).tobytes(), number) for number, matrix in vectors),
    )


def read_unembedded(
    connection: sqlite3.Connection, documents: Sequence[str]
) -> list[tuple[int, str, list[Span]]]:
    """(number, text, sentence spans within that text) of all passages of some documents."""
    rows = connection.execute(
        "SELECT id, text, start, sentences FROM passages "
        f"WHERE document IN ({', '.join('?' * len(documents))}) ORDER BY id",
        documents,
    )
    return [
        (number, text, [(a - start, b - start) for a, b in unpack_spans(packed).tolist()])
        for number, text, start, packed in rows
    ]


def read_passages(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[StoredPassage]:
    """Those of the numbered passages whose documents are ready, in no particular order."""
    rows = connection.execute(
        'SELECT passages.id, document, title, source, page, start, "end", passages.text, '
        "sentences, vectors FROM passages JOIN documents ON documents.id = document "
        f"WHERE state = 'ready' AND passages.id IN ({', '.join('?' * len(numbers))})",
        numbers,
    )
    return [_stored(row) for row in rows]


def _stored(row: tuple[Any, ...]) -> StoredPassage:
    id, document, title, source, page, start, end, text, packed_spans, packed_vectors = row
    spans = unpack_spans(packed_spans)
    flat = np.frombuffer(packed_vectors, dtype=np.float16).astype(np.float32)
    dimensions = len(flat) // len(spans) if len(spans) else 0
    vectors = flat.reshape(len(spans), dimensions)
    return StoredPassage(id, document, title, source, page, start, end, text, spans, vectors)


def passage_numbers(connection: sqlite3.Connection, documents: Sequence[str]) -> list[int]:
    """The numbers of all passages of some documents."""
    rows = connection.execute(
        f"SELECT id FROM passages WHERE document IN ({', '.join('?' * len(documents))})", documents
    )
    return [row[0] for row in rows]


def all_numbers(connection: sqlite3.Connection) -> list[int]:
    """The numbers of all passages."""
    return [row[0] for row in connection.execute("SELECT id FROM passages")]
