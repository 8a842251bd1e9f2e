"""Passages as the catalog keeps them: written, read for the model, and read with what it made.

Their sentences' offsets and vectors are packed into bytes.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from retrieval.embedding.embedder import Vectors
from retrieval.embedding.model import Span
from retrieval.embedding.word_vectors import Pieces, Spans
from retrieval.types import ENGLISH, Passage, PassageSpan, SentenceScore, headed


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its sentences: their offsets (n, 2) in the document and vectors (n, dim).

    `pieces` are the word pieces of its text; `piece_spans` (n, 2) says which of them, from and up
    to but not including, are each sentence's. The offsets point into one `version` of `document`.
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
    kind: str = "text"
    section: str = ""
    rows: tuple[Span, ...] = ()
    version: str = ""
    date: str = ""
    language: str = ENGLISH

    @property
    def heading(self) -> str:
        """The document's title, and the headings that the passage stands under."""
        return headed(self.title, self.section)

    def as_found(
        self,
        sentences: tuple[SentenceScore, ...],
        score: float = 0.0,
        dense: float = 0.0,
        bm25: float = 0.0,
    ) -> Passage:
        """The passage, as it was found for a question, with its scores and its sentences'."""
        return Passage(
            document=self.document,
            title=self.title,
            source=self.source,
            page=self.page,
            start=self.start,
            end=self.end,
            text=self.text,
            score=score,
            dense=dense,
            bm25=bm25,
            sentences=sentences,
            kind=self.kind,
            section=self.section,
            rows=self.rows,
            version=self.version,
            date=self.date,
            language=self.language,
        )


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Offsets as the catalog keeps them."""
    return np.array(spans, dtype=np.int32).tobytes()


def unpack_spans(packed: bytes) -> Spans:
    """Offsets (n, 2) from what the catalog keeps."""
    return np.frombuffer(packed, dtype=np.int32).reshape(-1, 2)


def unpack_rows(packed: bytes | None) -> tuple[Span, ...]:
    """The rows of a table in a passage, each by its offset and number; most have none."""
    return () if packed is None else tuple(map(tuple, unpack_spans(packed).tolist()))


def placeholders(values: Sequence[object]) -> str:
    """The question marks that stand for some values in a query."""
    return ", ".join("?" * len(values))


def read_passages(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[StoredPassage]:
    """Those of the numbered passages that can answer, in no particular order."""
    rows = connection.execute(
        'SELECT passages.id, documents.id, title, source, page, start, "end", passages.text, '
        "sentences, vectors, pieces, piece_spans, kind, section, passages.rows, version, date, "
        "language "
        "FROM passages JOIN documents ON documents.version = document "
        # The plus keeps SQLite from going through all that is ready, to look for these among it.
        # While a library is made anew, its documents are ready but their passages have no vectors.
        "WHERE +state = 'ready' AND vectors IS NOT NULL "
        f"AND passages.id IN ({placeholders(numbers)})",
        numbers,
    )
    return [_stored(row) for row in rows]


def _stored(row: tuple[Any, ...]) -> StoredPassage:
    plain, (packed_sentences, packed_vectors, packed_pieces, packed_piece_spans) = (
        row[:8],
        row[8:12],
    )
    kind, section, packed_rows, version, date, language = row[12:]
    spans = unpack_spans(packed_sentences)
    flat = np.frombuffer(packed_vectors, dtype=np.float16).astype(np.float32)
    vectors = flat.reshape(len(spans), len(flat) // max(1, len(spans)))
    pieces = np.frombuffer(packed_pieces, dtype=np.int32)
    piece_spans, rows = unpack_spans(packed_piece_spans), unpack_rows(packed_rows)
    made = (spans, vectors, pieces, piece_spans)
    told = (kind, section, rows, version, date, language or ENGLISH)
    return StoredPassage(*(*plain, *made, *told))


def passage_numbers(connection: sqlite3.Connection, versions: Sequence[str]) -> list[int]:
    """The numbers of all passages of some versions of documents, in their order."""
    rows = connection.execute(
        f"SELECT id FROM passages WHERE document IN ({placeholders(versions)}) ORDER BY id",
        versions,
    )
    return [row[0] for row in rows]


def existing(connection: sqlite3.Connection, numbers: Sequence[int]) -> set[int]:
    """Those of the numbered passages that are there."""
    rows = connection.execute(
        f"SELECT id FROM passages WHERE id IN ({placeholders(numbers)})", numbers
    )
    return {row[0] for row in rows}


def numbers_on_the_way(connection: sqlite3.Connection) -> set[int]:
    """The numbers of all passages whose documents are on their way in or out."""
    rows = connection.execute(
        "SELECT passages.id FROM documents JOIN passages ON documents.version = document "
        "WHERE state IN ('pending', 'removing')"
    )
    return {row[0] for row in rows}


def answering_numbers(connection: sqlite3.Connection) -> list[int]:
    """The numbers of all passages that can answer, in their order."""
    rows = connection.execute(
        "SELECT passages.id FROM passages JOIN documents ON documents.version = document "
        "WHERE state = 'ready' AND vectors IS NOT NULL ORDER BY passages.id"
    )
    return [row[0] for row in rows]


def all_numbers(connection: sqlite3.Connection) -> list[int]:
    """The numbers of all passages."""
    return [row[0] for row in connection.execute("SELECT id FROM passages")]


def count_passages(connection: sqlite3.Connection) -> int:
    """The number of all passages."""
    (count,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    return int(count)


def insert_passages(
    connection: sqlite3.Connection, passages: Iterable[tuple[str, str, str, PassageSpan]]
) -> None:
    """Write passages, each given as its document's version, text and language, and where it stands
    in that.

    Their vectors are still to be made; nothing reads a passage before that.
    """
    # Imported here: a question in English needs none of it.
    from retrieval.text.languages.analysis import indexed_terms

    rows = (
        (
            *(version, p.page, p.start, p.end, text[p.start : p.end], pack_spans(p.sentences)),
            *(p.section, pack_spans(p.rows) if p.rows else None),
            indexed_terms(text[p.start : p.end], language),
        )
        for version, text, language, p in passages
    )
    connection.executemany(
        'INSERT INTO passages (document, page, start, "end", text, sentences, section, rows, terms)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


@dataclass(frozen=True, slots=True)
class Indexed:
    """A passage's number, and what the model made of it, as in `StoredPassage`."""

    id: int
    vectors: Vectors
    pieces: Pieces
    piece_spans: Spans


def store_index(connection: sqlite3.Connection, indexed: Iterable[Indexed]) -> None:
    """Keep the sentence vectors and the word pieces of passages."""
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
        "FROM passages JOIN documents ON documents.version = document "
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
