"""The sources of a library: folders, sites and archives that were added, by their ids.

All files and pages that were added one by one are a source as well, of the kind `single`.
"""

import sqlite3
from collections.abc import Sequence
from hashlib import sha256

from retrieval.store.catalog import Catalog
from retrieval.store.passages import placeholders
from retrieval.types import SINGLE, Origin, SourceInfo

# Characters of an id: 32 bits, as there are few sources.
ID_LENGTH = 8

LISTED = """
SELECT id, :library, kind, place, most, every, added_at, looked_at, failures, failure,
       (SELECT count(DISTINCT document) FROM places
        WHERE places.source = sources.id AND document <> '' AND NOT left_out),
       (SELECT count(*) FROM places WHERE places.source = sources.id AND places.failure <> ''),
       coalesce((SELECT value FROM settings WHERE name = 'collection'), '')
FROM sources
"""


def id_of(origin: Origin) -> str:
    """The id that a source has in every library."""
    return sha256(f"{origin.kind} {origin.place}".encode()).hexdigest()[:ID_LENGTH]


def remember(connection: sqlite3.Connection, origin: Origin, now: str) -> str:
    """Keep a source, or how many pages it may have by now; returns its id."""
    id = id_of(origin)
    connection.execute(
        "INSERT INTO sources (id, kind, place, most, added_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET most = excluded.most WHERE most IS NOT excluded.most",
        [id, origin.kind, origin.place, origin.most, now],
    )
    return id


def all_sources(catalog: Catalog) -> list[SourceInfo]:
    """All sources, in the order in which they came; documents added one by one come last."""
    rows = catalog.rows(f"{LISTED} ORDER BY kind = '{SINGLE}', rowid", {"library": catalog.library})
    return [SourceInfo(*row) for row in rows]


def note_look(catalog: Catalog, id: str, now: str, failure: str = "") -> None:
    """Note that a source was looked at, and why it could not be, if so."""
    with catalog.transaction() as connection:
        connection.execute(
            "UPDATE sources SET looked_at = ?, failure = ?, "
            "failures = CASE WHEN ? = '' THEN 0 ELSE failures + 1 END WHERE id = ?",
            [now, failure, failure, id],
        )


def set_every(catalog: Catalog, id: str, every: str) -> None:
    """Give a source a schedule of its own; "" takes it away."""
    with catalog.transaction() as connection:
        connection.execute("UPDATE sources SET every = ? WHERE id = ?", [every, id])


def forget_source(catalog: Catalog, id: str) -> list[str]:
    """Forget a source with its places; returns the ids of documents that stand in no other."""
    with catalog.transaction() as connection:
        theirs = connection.execute(
            "SELECT DISTINCT document FROM places WHERE source = ? AND own AND document NOT IN "
            "(SELECT document FROM places WHERE source <> ?)",
            [id, id],
        ).fetchall()
        connection.execute("DELETE FROM sources WHERE id = ?", [id])
    return [row[0] for row in theirs]


# The columns of the two tables that a source stands in, and the one by which it is found there.
COPIED = {
    "sources": ("id", "id, kind, place, most, every, added_at, looked_at, failures, failure"),
    "places": ("source", "source, place, document, own, left_out, failure, failed_since"),
}


def copy_source(catalog: Catalog, target: Catalog, id: str) -> None:
    """Have another catalog know a source with its places, as this one does."""
    with catalog.lock:
        found = {
            table: catalog.rows(f"SELECT {columns} FROM {table} WHERE {key} = ?", [id])
            for table, (key, columns) in COPIED.items()
        }
    with target.transaction() as connection:
        for table, (_, columns) in COPIED.items():
            values = placeholders(columns.split(", "))
            insert = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({values})"
            connection.executemany(insert, found[table])


def listed_elsewhere(catalog: Catalog) -> set[str]:
    """The ids of documents that were read from a folder, a site or an archive."""
    rows: Sequence[tuple[str]] = catalog.rows(
        "SELECT DISTINCT document FROM places JOIN sources ON sources.id = places.source "
        "WHERE kind <> ? AND own",
        [SINGLE],
    )
    return {row[0] for row in rows}
