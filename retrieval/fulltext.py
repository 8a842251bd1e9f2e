"""Full text search in a library's catalog: BM25 by SQLite's FTS5, and how common a word is."""

import sqlite3
from collections.abc import Sequence


def best_matches(
    connection: sqlite3.Connection, words: Sequence[str], k: int
) -> list[tuple[int, float]]:
    """(passage number, BM25) of the k best passages holding any of the words, best first.

    Higher is better (FTS5's own sign is the other way round).
    """
    if not words:
        return []
    query = " OR ".join(f'"{word}"' for word in words)
    rows = connection.execute(
        "SELECT rowid, -bm25(passages_text) AS score FROM passages_text "
        "WHERE passages_text MATCH ? ORDER BY score DESC LIMIT ?",
        [query, k],
    )
    return rows.fetchall()


def count_passages(connection: sqlite3.Connection) -> int:
    """How many passages the full text covers."""
    (count,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    return int(count)


def count_holding(connection: sqlite3.Connection, first: str, after: str) -> int:
    """How many passages hold terms from `first` up to but not including `after`.

    A passage that holds two of them counts twice.
    """
    (count,) = connection.execute(
        "SELECT coalesce(sum(doc), 0) FROM passages_terms WHERE term >= ? AND term < ?",
        [first, after],
    ).fetchone()
    return int(count)
