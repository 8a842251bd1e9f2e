"""The places that a source lists, each with the document that was read there."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.store.catalog import Catalog
from retrieval.types import DocumentInfo


@dataclass(frozen=True, slots=True)
class Place:
    """A file or page of a source.

    `document` is the id of what it says, "" where nothing could be read; `own` is true where that
    was read from here, and not the same from elsewhere. A person who removed the document had it
    `left_out`. `failure` says why it could not be read the last time, since `failed_since`.
    """

    place: str
    document: str
    own: bool
    left_out: bool
    failure: str
    failed_since: str


COLUMNS = "place, document, own, left_out, failure, failed_since"


def _place(row: Sequence[Any]) -> Place:
    place, document, own, left_out, failure, failed_since = row
    return Place(place, document, bool(own), bool(left_out), failure, failed_since)


def places_of(catalog: Catalog, source: str) -> dict[str, Place]:
    """The places of a source, as far as they are known."""
    query = f"SELECT {COLUMNS} FROM places WHERE source = ? ORDER BY rowid"
    return {row[0]: _place(row) for row in catalog.rows(query, [source])}


def place_of(catalog: Catalog, source: str, place: str) -> Place | None:
    """One place of a source, if it is known."""
    query = f"SELECT {COLUMNS} FROM places WHERE source = ? AND place = ?"
    row = catalog.row(query, [source, place])
    return None if row is None else _place(row)


def note_document(
    connection: sqlite3.Connection, source: str, place: str, document: str, own: bool
) -> None:
    """Note which document was read at a place, which is then well."""
    connection.execute(
        "INSERT INTO places (source, place, document, own) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (source, place) DO UPDATE SET document = excluded.document, "
        "own = excluded.own, left_out = 0, failure = '', failed_since = ''",
        [source, place, document, own],
    )


def note_failure(
    connection: sqlite3.Connection, source: str, place: str, failure: str, now: str
) -> None:
    """Note why a place could not be read; what it said before is kept."""
    connection.execute(
        "INSERT INTO places (source, place, failure, failed_since) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (source, place) DO UPDATE SET failure = excluded.failure, "
        "failed_since = CASE WHEN failed_since = '' THEN excluded.failed_since "
        "ELSE failed_since END",
        [source, place, failure, now],
    )


def forget_places(catalog: Catalog, source: str, places: Iterable[str]) -> None:
    """Forget places that a source does not list any more."""
    with catalog.transaction() as connection:
        connection.executemany(
            "DELETE FROM places WHERE source = ? AND place = ?",
            ([source, place] for place in places),
        )


def leave_out(catalog: Catalog, documents: Iterable[str]) -> None:
    """Note that a person removed documents: what their places say is not to come back by itself."""
    with catalog.transaction() as connection:
        connection.executemany(
            "UPDATE places SET left_out = 1 WHERE document = ?", ([id] for id in documents)
        )


def standing(catalog: Catalog, document: str, gone: Collection[str]) -> list[str]:
    """The places, of any source, where a document still stands but for those that are gone."""
    rows = catalog.rows(
        "SELECT place FROM places WHERE document = ? AND NOT left_out ORDER BY own DESC, rowid",
        [document],
    )
    return [row[0] for row in rows if row[0] not in gone]


def move(catalog: Catalog, document: DocumentInfo, place: str, title: str) -> None:
    """Have a document stand at another place from now on, and be called after it."""
    with catalog.transaction() as connection:
        connection.execute(
            "UPDATE documents SET source = ?, title = ? WHERE version = ?",
            [place, title, document.version],
        )
        connection.execute("UPDATE places SET own = 0 WHERE document = ?", [document.id])
        connection.execute(
            "UPDATE places SET own = 1 WHERE document = ? AND place = ?", [document.id, place]
        )


def dead_places(catalog: Catalog) -> list[tuple[str, Place]]:
    """The places that could not be read the last time, each with its source's id."""
    rows = catalog.rows(
        f"SELECT source, {COLUMNS} FROM places WHERE failure <> '' ORDER BY failed_since, place"
    )
    return [(row[0], _place(row[1:])) for row in rows]
