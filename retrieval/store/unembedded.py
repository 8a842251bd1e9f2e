"""Passages on the way to their vectors: written, read for the model, and what it made kept."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.embedding.embedder import Vectors
from retrieval.embedding.word_vectors import Pieces, Span, Spans
from retrieval.indexing.split import PassageSpan
from retrieval.text.outline import headed

from .passages import pack_spans, placeholders, unpack_spans


def insert_passages(
    connection: sqlite3.Connection, passages: Iterable[tuple[str, str, PassageSpan]]
) -> None:
    """Writes passages, each given as its document's id, its document's text, and where it stands.

    Their vectors are still to be made; nothing reads a passage before that.
    """
    rows = (
        (
            *(id, p.page, p.start, p.end, text[p.start : p.end], pack_spans(p.sentences)),
            *(p.section, pack_spans(p.rows) if p.rows else None),
        )
        for id, text, p in passages
    )
    connection.executemany(
        'INSERT INTO passages (document, page, start, "end", text, sentences, section, rows) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


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
    """A passage that waits for its vectors; `sentences` are spans within its own text.

    `heading` is its document's title, and what it stands under in there.
    """

    id: int
    heading: str
    text: str
    sentences: tuple[Span, ...]


def read_unembedded(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Unembedded]:
    """Those of the numbered passages that are there, in their order."""
    rows = connection.execute(
        "SELECT passages.id, title, section, passages.text, start, sentences "
        "FROM passages JOIN documents ON documents.id = document "
        f"WHERE passages.id IN ({placeholders(numbers)}) ORDER BY passages.id",
        numbers,
    )
    return [
        Unembedded(
            id,
            headed(title, section),
            text,
            tuple((a - start, b - start) for a, b in unpack_spans(packed).tolist()),
        )
        for id, title, section, text, start, packed in rows
    ]
