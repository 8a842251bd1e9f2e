"""Full text search in a library's catalog: BM25 by SQLite's FTS5, and how common a word is."""

import sqlite3
from collections.abc import Sequence

from retrieval.store.passages import count_passages

# Passages that are scored for one question, at about a microsecond each. A library that has no more
# is always looked through whole; in a larger one, the rare words of a question say where to look.
SCORED = 10_000

# The best of all passages that match, and the best of the newest that do.
WHOLE = """
SELECT rowid, -bm25(passages_text) AS score FROM passages_text
WHERE passages_text MATCH ? ORDER BY score DESC LIMIT ?
"""
NEWEST = """
SELECT number, score FROM (
    SELECT rowid AS number, -bm25(passages_text) AS score FROM passages_text
    WHERE passages_text MATCH ? ORDER BY rowid DESC LIMIT ?
) ORDER BY score DESC LIMIT ?
"""
HOLDING = """
(SELECT coalesce(sum(doc), 0) FROM passages_terms WHERE term >= ? AND term < ?)
"""

Ranked = list[tuple[int, float]]


def best_matches(
    connection: sqlite3.Connection,
    words: Sequence[str],
    k: int,
    most: int = SCORED,
    total: int | None = None,
) -> Ranked:
    """(passage number, BM25) of the k best passages holding any of the words, best first. A word
    with a * behind it stands for all that it begins.

    Higher is better (FTS5's own sign is the other way round). Where more than `most` passages may
    hold a word, those are ranked that hold a rare one of them, and the others only where these are
    too few; of a word that more than `most` passages hold, the newest. The BM25 of whatever is
    found is that of all the words. `total` is how many passages there are, where that is known.
    """
    if not words:
        return []
    if (count_passages(connection) if total is None else total) <= most:
        return _ranked(connection, WHOLE, _any_of(words), k)
    rare, common = _told_apart(connection, words, most)
    found = _holding(connection, rare, common, k, most)
    if len(found) < k and common:
        found |= _holding(connection, common[:1], [*rare, *common[1:]], k, most)
    return sorted(found.items(), key=lambda pair: -pair[1])[:k]


def _told_apart(
    connection: sqlite3.Connection, words: Sequence[str], most: int
) -> tuple[list[str], list[str]]:
    """The rarest words, which no more than `most` passages hold together, and the others.

    Words that no passage holds are left out.
    """
    counts = {word: _count_up_to(connection, word, most + 1) for word in words}
    rare, common, held = list[str](), list[str](), 0
    for word in sorted(filter(counts.__getitem__, counts), key=counts.__getitem__):
        held += counts[word]
        (rare if held <= most else common).append(word)
    return rare, common


def _count_up_to(connection: sqlite3.Connection, word: str, most: int) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM passages_text WHERE passages_text MATCH ? LIMIT ?)",
        [_quoted(word), most],
    ).fetchone()
    return int(count)


def _holding(
    connection: sqlite3.Connection, some: Sequence[str], others: Sequence[str], k: int, most: int
) -> dict[int, float]:
    """The best of the passages that hold some words, scored by those and the others."""
    if not some:
        return {}
    found = dict(_ranked(connection, NEWEST, _any_of(some), most, k))
    if others:
        # Of a passage that holds others as well, this gives the whole score, the line above less.
        both = f"({_any_of(some)}) AND ({_any_of(others)})"
        found |= dict(_ranked(connection, NEWEST, both, most, k))
    return found


def _any_of(words: Sequence[str]) -> str:
    return " OR ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """A word as FTS5 takes it to the letter; one with a * is the beginning of words."""
    beginning = word.removesuffix("*")
    return f'"{beginning}"{word[len(beginning) :]}'


def _ranked(connection: sqlite3.Connection, query: str, *parameters: str | int) -> Ranked:
    return connection.execute(query, parameters).fetchall()


def count_terms(
    connection: sqlite3.Connection, spans: Sequence[tuple[str, str]]
) -> tuple[int, list[int]]:
    """Count all passages, and those that hold terms of each span, in one query.

    A span goes from its first term up to but not including its second. A passage that holds two
    terms of it counts twice.
    """
    columns = ["(SELECT count(*) FROM passages)", *[HOLDING] * len(spans)]
    total, *holding = connection.execute(
        f"SELECT {', '.join(columns)}", [term for span in spans for term in span]
    ).fetchone()
    return total, holding
