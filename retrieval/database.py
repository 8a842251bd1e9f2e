"""The SQLite file of a catalog: opened, or made where it is missing."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from .errors import FootnoteError

SCHEMA_VERSION = 1


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
    if version == 0:
        schema = files(__package__).joinpath("catalog.sql").read_text(encoding="utf-8")
        connection.executescript(f"BEGIN; {schema} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
