"""Small SQLite files of a home, beside its catalogs: what was asked, and what that used."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path

from .errors import FootnoteError


def open_record(path: Path, what: str, schema: str) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time; makes the file where it is missing.

    `what` names the record in errors, `schema` is the SQL of its first and only version. Raises
    FootnoteError where the file can't be opened, or a newer Footnote wrote it.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        with ExitStack() as undoing:
            undoing.callback(connection.close)
            _prepare(connection, path, schema)
            undoing.pop_all()
    except sqlite3.Error as error:
        raise FootnoteError(
            f"The record of {what} {path} can't be opened: {error}. Move it away to begin a new "
            "one; documents are not touched by that."
        ) from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, schema: str) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > 1:
        raise FootnoteError(f"{path} was written by a newer Footnote. Update Footnote.")
    if version == 0:
        connection.executescript(f"BEGIN; {schema} PRAGMA user_version = 1; COMMIT;")
