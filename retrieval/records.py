"""Small SQLite files of a home, beside its catalogs: what was asked, and what that used."""

import re
import sqlite3
from contextlib import ExitStack
from pathlib import Path

from .errors import FootnoteError

TABLE = re.compile(r"CREATE TABLE (\w+)")


def open_record(path: Path, what: str, schema: str) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time; makes the file where it is missing.

    `what` names the record in errors, `schema` is the SQL of its first and only version. Raises
    FootnoteError where the file can't be opened, is another's, or a newer Footnote wrote it.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        with ExitStack() as undoing:
            undoing.callback(connection.close)
            _prepare(connection, path, what, schema)
            undoing.pop_all()
    except sqlite3.Error as error:
        raise FootnoteError(
            f"The record of {what} {path} can't be opened: {error}. Move it away to begin a new "
            "one; documents are not touched by that."
        ) from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, what: str, schema: str) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if _version(connection) == 0:
        _make(connection, schema)
    if _version(connection) > 1:
        raise FootnoteError(f"{path} was written by a newer Footnote. Update Footnote.")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables.issuperset(TABLE.findall(schema)):
        raise FootnoteError(f"{path} is no record of {what}. Move it away to begin a new one.")


def _make(connection: sqlite3.Connection, schema: str) -> None:
    try:
        connection.executescript(f"BEGIN IMMEDIATE; {schema} PRAGMA user_version = 1; COMMIT;")
    except sqlite3.Error:
        connection.rollback()
        # Another process may have made it meanwhile.
        if _version(connection) == 0:
            raise


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
