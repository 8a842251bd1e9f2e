"""A connection to a catalog: what keeps it from being read or written is told in a sentence."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from retrieval.errors import FootnoteError

# What SQLite's primary result codes come down to for who runs Footnote.
# https://www.sqlite.org/rescode.html
SAID = {
    sqlite3.SQLITE_FULL: (
        "The disk is full: {path} can't be written. Make room and try again; nothing that was "
        "reported as done is lost."
    ),
    sqlite3.SQLITE_READONLY: (
        "{path} can't be written, for it is read-only or on a disk that is. Let this user write "
        "there, or choose another home with --home or FOOTNOTE_HOME."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "{path} can't be opened. Let this user read and write there, or choose another home with "
        "--home or FOOTNOTE_HOME."
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The catalog {path} is damaged: {error}. Move its home away and restore the last backup "
        "with `footnote restore`; without one, add its documents anew."
    ),
    sqlite3.SQLITE_BUSY: "{path} is in use by another program. Close that and try again.",
    sqlite3.SQLITE_IOERR: (
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
    """What SQLite fails at in the block is raised as a CatalogError, but for mistakes of ours."""
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
    return error if said is None else CatalogError(said.format(path=path, error=error))


def damaged(path: Path, found: str) -> CatalogError:
    """The error for a catalog in which something was found that can't be."""
    return CatalogError(SAID[sqlite3.SQLITE_CORRUPT].format(path=path, error=found))


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
