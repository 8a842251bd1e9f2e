"""The SQLite file of a catalog: opened, or made where it is missing, and shared by all threads.

What keeps it from being read or written is told in a sentence.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Any, Self

from retrieval.errors import N_, FootnoteError

# What SQLite's primary result codes come down to for who runs Footnote.
# https://www.sqlite.org/rescode.html
SAID = {
    sqlite3.SQLITE_FULL: N_(
        "The disk is full: {path} can't be written. Make room and try again; nothing that was "
        "reported as done is lost."
    ),
    sqlite3.SQLITE_READONLY: N_(
        "{path} can't be written, for it is read-only or on a disk that is. Let this user write "
        "there, or choose another home with --home or FOOTNOTE_HOME."
    ),
    sqlite3.SQLITE_CANTOPEN: N_(
        "{path} can't be opened. Let this user read and write there, or choose another home with "
        "--home or FOOTNOTE_HOME."
    ),
    sqlite3.SQLITE_CORRUPT: N_(
        "The catalog {path} is damaged: {error}. Move its home away and restore the last backup "
        "with `footnote restore`; without one, add its documents anew."
    ),
    sqlite3.SQLITE_BUSY: N_("{path} is in use by another program. Close that and try again."),
    sqlite3.SQLITE_IOERR: N_(
        "{path} can't be read or written: {error}. Make sure that its disk is well and has room, "
        "then start Footnote anew."
    ),
}
SAID |= {
    sqlite3.SQLITE_NOTADB: SAID[sqlite3.SQLITE_CORRUPT],
    sqlite3.SQLITE_LOCKED: SAID[sqlite3.SQLITE_BUSY],
    sqlite3.SQLITE_PERM: SAID[sqlite3.SQLITE_READONLY],
}
# A result code's last byte is the primary one.
PRIMARY = 0xFF


class CatalogError(FootnoteError):
    """A catalog can't be read or written: the disk is full, say, or the file is damaged."""


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Raise what SQLite fails at in the block as a CatalogError, but for mistakes of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(path, error) from error


def _told(path: Path, error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and isinstance(error, sqlite3.OperationalError):
        # Python's module found this one itself: a text whose bytes are none.
        code = sqlite3.SQLITE_CORRUPT
    said = SAID.get(code & PRIMARY) if code is not None else None
    return error if said is None else CatalogError(said, path=path, error=str(error))


def damaged(path: Path, found: str) -> CatalogError:
    """The error for a catalog in which something was found that can't be."""
    return CatalogError(SAID[sqlite3.SQLITE_CORRUPT], path=path, error=found)


class Connection(sqlite3.Connection):
    """Raises CatalogError, which names its file, where others raise sqlite3.Error."""

    path: Path

    def execute(self, sql: str, parameters: Any = ()) -> "Cursor":
        return self.cursor(Cursor).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any]) -> "Cursor":
        return self.cursor(Cursor).executemany(sql, parameters)

    def executescript(self, sql_script: str) -> "Cursor":
        return self.cursor(Cursor).executescript(sql_script)


class Cursor(sqlite3.Cursor):
    """As `Connection`. A query may fail at any of its rows."""

    connection: Connection

    def execute(self, sql: str, parameters: Any = ()) -> Self:
        with telling(self.connection.path):
            return super().execute(sql, parameters)

    def executemany(self, sql: str, seq_of_parameters: Iterable[Any]) -> Self:
        with telling(self.connection.path):
            return super().executemany(sql, seq_of_parameters)

    def executescript(self, sql_script: str) -> Self:
        with telling(self.connection.path):
            super().executescript(sql_script)
        return self

    def fetchone(self) -> Any:
        with telling(self.connection.path):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with telling(self.connection.path):
            return super().fetchall()

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.Error as error:
            raise _told(self.connection.path, error) from error


# Each later version has a file in upgrades/, which makes it of a catalog of the one before. Where
# passages are then to be cut and embedded anew, the library's own setting asks for it.
SCHEMA_VERSION = 8
# Stands where a library remembers its embedding model, if an older Footnote indexed it.
OLDER = "(an older Footnote)"

Parameters = Sequence[Any] | Mapping[str, Any]


class Database:
    """One connection for all threads of a process, and the lock that keeps them apart."""

    def __init__(self, path: Path) -> None:
        """Opens the file, making it where it is missing. Raises FootnoteError if it can't."""
        # Held by each thread that changes anything, or reads: on one connection each thread
        # would see the others' half changes. For moments only, because a question waits for it.
        self.lock = RLock()
        self.path = path
        self.connection = open_database(path)

    def close(self) -> None:
        """Close the file, once no thread is at work on it."""
        with self.lock:
            self.connection.close()

    def empty_log(self) -> bool:
        """Write the log beside the file into it, so that nothing of what was deleted is left there.

        False where another connection was reading for so long that it could not be done.
        """
        with self.lock:
            busy, *_ = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def check(self) -> None:
        """Read all of the file. Raises FootnoteError where it is damaged.

        Takes about a second for 100,000 passages, and keeps no thread waiting meanwhile.
        """
        whole = f"{self.path.absolute().as_uri()}?mode=ro"
        with telling(self.path), closing(sqlite3.connect(whole, uri=True)) as reader:
            (found,) = reader.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise damaged(self.path, found)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Make all of the block's changes or none of them."""
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # SQLite ends a transaction by itself where the disk is full or fails.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, parameters: Parameters = ()) -> list[Any]:
        """All rows of a query, read while no thread changes anything."""
        with self.lock:
            return self.connection.execute(query, parameters).fetchall()

    def row(self, query: str, parameters: Parameters = ()) -> Any:
        """The first row of a query, or None."""
        return next(iter(self.rows(query, parameters)), None)


def open_database(path: Path) -> Connection:
    """A connection that any thread may use, without transactions of its own making.

    Raises FootnoteError where the file can't be opened, or a newer Footnote wrote it.
    """
    with telling(path), ExitStack() as undoing:
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, factory=Connection
        )
        connection.path = path
        undoing.callback(connection.close)
        connection.execute("PRAGMA journal_mode = WAL")
        # What was committed is safe on the disk, whatever SQLite was built to do: with NORMAL, a
        # power cut takes the last commits along.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # on macOS, where a sync alone means little
        connection.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten, whatever SQLite was built to do.
        connection.execute("PRAGMA secure_delete = ON")
        _bring_up_to_date(connection, path)
        undoing.pop_all()
    return connection


def _bring_up_to_date(connection: Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise FootnoteError(f"The catalog {path} was written by a newer Footnote. Update Footnote.")
    if version == SCHEMA_VERSION:
        return
    if version == 0:
        changes = read_sql("catalog.sql")
    else:
        steps = range(version, SCHEMA_VERSION)
        changes = "".join(read_sql("upgrades", f"from_{older}.sql") for older in steps)
    connection.executescript(f"BEGIN; {changes} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")


def read_sql(*path: str) -> str:
    """The statements of a file that lies here."""
    return files(__package__).joinpath(*path).read_text(encoding="utf-8")
