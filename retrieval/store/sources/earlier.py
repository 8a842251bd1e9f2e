"""The version that each document had before the one it has now: kept for a while, to go back to."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from retrieval.store.sqlite import Database

# Days for which a version is kept after it was replaced, unless the next is replaced sooner.
KEPT_DAYS = 30
COLUMNS = (
    "version, title, title_given, source, sha256, bytes, text, parts, added_at, added_by, kind, "
    "author, date, headings, rows, validators, language"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version as `documents` had it, by its columns, and when it was replaced."""

    replaced_at: str
    columns: dict[str, Any]


def keep_replaced(connection: sqlite3.Connection, version: str) -> None:
    """Keep what a version that becomes ready is about to replace, if anything."""
    connection.execute(
        f"INSERT OR REPLACE INTO earlier (id, replaced_at, {COLUMNS}) "
        "SELECT id, (SELECT added_at FROM documents WHERE version = :version), "
        # The plus keeps SQLite from going through all that is ready instead.
        f"{COLUMNS} FROM documents WHERE +state = 'ready' "
        "AND source = (SELECT source FROM documents WHERE version = :version)",
        {"version": version},
    )


def drop_old(connection: sqlite3.Connection) -> None:
    """Drop versions that have been kept for long enough, and those of documents that are gone."""
    oldest = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
    connection.execute(
        "DELETE FROM earlier WHERE replaced_at < ? OR id NOT IN (SELECT id FROM documents)",
        [oldest.replace("+00:00", "Z")],
    )


def read_earlier(database: Database, id: str) -> Earlier | None:
    """The version that a document had before, if it is still kept."""
    row = database.row(f"SELECT replaced_at, {COLUMNS} FROM earlier WHERE id = ?", [id])
    if row is None:
        return None
    return Earlier(row[0], dict(zip(COLUMNS.split(", "), row[1:], strict=True)))


def measure_earlier(database: Database) -> tuple[int, int]:
    """The number of versions that are kept, and the bytes of their texts."""
    count, size = database.row("SELECT count(*), total(length(CAST(text AS BLOB))) FROM earlier")
    return int(count), int(size)
