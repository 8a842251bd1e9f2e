"""Passages as the catalog keeps them, their sentences' offsets and vectors packed into bytes."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .embed import Vectors
from .words import Pieces, Span, Spans


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its sentences: their offsets (n, 2) in the document and vectors (n, dim).

    `pieces` are the word pieces of its text; `piece_spans` (n, 2) says which of them, from and up
    to but not including, are each sentence's.
    """

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
    pieces: Pieces
    piece_spans: Spans


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Offsets as the catalog keeps them."""
    return np.array(spans, dtype=np.int32).tobytes()


def unpack_spans(packed: bytes) -> Spans:
    """Offsets (n, 2) from what the catalog keeps."""
    return np.frombuffer(packed, dtype=np.int32).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is made of a passage by the model: as in `StoredPassage`, by its number."""

    id: int
    vectors: Vectors
    pieces: Pieces
    piece_spans: Spans


def store_index(connection: sqlite3.Connection, indexed: Iterable[Indexed]) -> None:
    """Keeps the sentence vectors and the word pieces of passages."""
    # Half precision halves the file, and moves a cosine by less than 0.001.
    rows = (
        (i.vectors.astype(np.float16).tobytes(), i.pieces.tobytes(), i.piece_spans.tobytes(), i.id)
        for i in indexed
    )
    connection.executemany(
        "UPDATE passages SET vectors = ?, pieces = ?, piece_spans = ? WHERE id = ?", rows
    )


@dataclass(frozen=True, slots=True)
class Unembedded:
    """A passage that waits for its vectors; `sentences` are spans within its own text."""

    id: int
    title: str
    text: str
    sentences: tuple[Span, ...]


def read_unembedded(connection: sqlite3.Connection, documents: Sequence[str]) -> list[Unembedded]:
    """All passages of some documents, in their order."""
    rows = connection.execute(
        "SELECT passages.id, title, passages.text, start, sentences "
        "FROM passages JOIN documents ON documents.id = document "
        f"WHERE document IN ({', '.join('?' * len(documents))}) ORDER BY passages.id",
        documents,
    )
    return [
        Unembedded(
            id, title, text, tuple((a - start, b - start) for a, b in unpack_spans(packed).tolist())
        )
        for id, title, text, start, packed in rows
    ]


def read_passages(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[StoredPassage]:
    """Those of the numbered passages whose documents are ready, in no particular order."""
    rows = connection.execute(
        'SELECT passages.id, document, title, source, page, start, "end", passages.text, '
        "sentences, vectors, pieces, piece_spans "
        "FROM passages JOIN documents ON documents.id = document "
        f"WHERE state = 'ready' AND passages.id IN ({', '.join('?' * len(numbers))})",
        numbers,
    )
    return [_stored(row) for row in rows]


def _stored(row: tuple[Any, ...]) -> StoredPassage:
    *plain, packed_sentences, packed_vectors, packed_pieces, packed_piece_spans = row
    spans = unpack_spans(packed_sentences)
    flat = np.frombuffer(packed_vectors, dtype=np.float16).astype(np.float32)
    vectors = flat.reshape(len(spans), len(flat) // max(1, len(spans)))
    pieces = np.frombuffer(packed_pieces, dtype=np.int32)
    return StoredPassage(*(*plain, spans, vectors, pieces, unpack_spans(packed_piece_spans)))


def passage_numbers(connection: sqlite3.Connection, documents: Sequence[str]) -> list[int]:
    """The numbers of all passages of some documents."""
    rows = connection.execute(
        f"SELECT id FROM passages WHERE document IN ({', '.join('?' * len(documents))})", documents
    )
    return [row[0] for row in rows]


def all_numbers(connection: sqlite3.Connection) -> list[int]:
    """The numbers of all passages."""
    return [row[0] for row in connection.execute("SELECT id FROM passages")]
