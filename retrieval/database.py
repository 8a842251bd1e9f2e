"""The SQLite file of a catalog: opened, or made where it is missing."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from .errors import FootnoteError

SCHEMA_VERSION = 2
# Stands where a library remembers its embedding model, if an older Footnote indexed it.
OLDER = "(an older Footnote)"
# What each later version adds to a catalog of the one before. Passages are then to be cut and
# embedded anew, which the library's own setting asks for.
ADDED = {
    1: f"""
    ALTER TABLE passages ADD COLUMN pieces BLOB;
    ALTER TABLE passages ADD COLUMN piece_spans BLOB;
    UPDATE settings SET value = '{OLDER}' WHERE name = 'embedding_model';
    """,
}


def open_database(path: Path) -> sqlite3.Connection:
    """A connection that any thread may use, without transactions of its own making.

    Raises FootnoteError where the file can't be opened, or a newer Footnote wrote it.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        _bring_up_to_date(connection, path)
    except sqlite3.Error as error:
        raise FootnoteError(f"The catalog {path} can't be opened: {error}.") from error
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise FootnoteError(f"The catalog {path} was written by a newer Footnote. Update Footnote.")
    if version == SCHEMA_VERSION:
        return
    if version == 0:
        changes = files(__package__).joinpath("catalog.sql").read_text(encoding="utf-8")
    else:
        changes = "".join(ADDED[older] for older in range(version, SCHEMA_VERSION))
    connection.executescript(f"BEGIN; {changes} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
