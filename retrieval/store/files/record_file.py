"""Small SQLite files of a home, beside its catalogs: what was asked, and what that used."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from retrieval.errors import FootnoteError, Sentence

# A home that nothing was written in for so long is rarer than a clock that is wrong.
LEAP = timedelta(days=365)
TABLE = re.compile(r"CREATE TABLE (\w+)")


class RecordError(FootnoteError):
    """A record can't be read or written. Nothing else depends on it."""


@contextmanager
def telling(path: Path, what: str) -> Iterator[None]:
    """Raise what SQLite fails at in the block as a RecordError."""
    try:
        yield
    except sqlite3.Error as error:
        raise RecordError(
            "The record of {what} {path} can't be read or written: {error}. Make room on its "
            "disk, or move it away to begin a new one; documents are not touched by that.",
            what=Sentence(what),
            path=path,
            error=str(error),
        ) from error


def credible_now(connection: sqlite3.Connection, latest: str, now: datetime) -> datetime:
    """The time by which old rows are dropped: the clock's, or, where that has run ahead by more
    than `LEAP`, that of the row written last.

    `latest` is the query of that row's time, in ISO 8601. A clock that is wrong would else take all
    of a record along.
    """
    (written,) = connection.execute(latest).fetchone()
    if written is None:
        return now
    last = datetime.fromisoformat(written)
    last = last if last.tzinfo else last.replace(tzinfo=UTC)
    return last if now - last > LEAP else now


def open_record(
    path: Path, what: str, schema: str, added: Sequence[str] = ()
) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time; makes the file where it is missing.

    `what` names the record in errors, `schema` is the SQL that it began with, and `added` the SQL
    of tables that came later: they are made where they are missing, which an older Footnote doesn't
    mind. Raises FootnoteError where the file can't be opened, is another's, or a newer Footnote
    wrote it.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        with ExitStack() as undoing:
            undoing.callback(connection.close)
            _prepare(connection, path, what, schema)
            for later in added:
                connection.executescript(later)
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
    # What is deleted is overwritten, whatever SQLite was built to do.
    connection.execute("PRAGMA secure_delete = ON")
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
