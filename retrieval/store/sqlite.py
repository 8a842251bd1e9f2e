"""The SQLite file of a catalog: opened, or made where it is missing, and shared by all threads."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Any

from retrieval.errors import FootnoteError

from .connection import Connection, damaged, telling

SCHEMA_VERSION = 3
# Stands where a library remembers its embedding model, if an older Footnote indexed it.
OLDER = "(an older Footnote)"
# What each later version adds to a catalog of the one before. Where passages are then to be cut
# and embedded anew, the library's own setting asks for it.
ADDED = {
    1: f"""
    ALTER TABLE passages ADD COLUMN pieces BLOB;
    ALTER TABLE passages ADD COLUMN piece_spans BLOB;
    UPDATE settings SET value = '{OLDER}' WHERE name = 'embedding_model';
    """,
    2: """
    ALTER TABLE documents ADD COLUMN kind TEXT NOT NULL DEFAULT 'text';
    ALTER TABLE documents ADD COLUMN author TEXT NOT NULL DEFAULT '';
    ALTER TABLE documents ADD COLUMN date TEXT NOT NULL DEFAULT '';
    ALTER TABLE documents ADD COLUMN headings TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE documents ADD COLUMN rows TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE documents ADD COLUMN validators TEXT;
    ALTER TABLE passages ADD COLUMN section TEXT NOT NULL DEFAULT '';
    ALTER TABLE passages ADD COLUMN rows BLOB;
    CREATE INDEX documents_by_sha256 ON documents (sha256);
    """,
}

Parameters = Sequence[Any] | Mapping[str, Any]


class Database:
    """One connection for all threads of a process, and the lock that keeps them apart."""

    def __init__(self, path: Path) -> None:
        """Opens the file, making it where it is missing. Raises FootnoteError if it can't."""
        # Held by whoever changes anything, and by whoever reads: on one connection each thread
        # would see the others' half changes. For moments only, because a question waits for it.
        self.lock = RLock()
        self.path = path
        self.connection = open_database(path)

    def close(self) -> None:
        """Closes the file, once nobody is at work on it."""
        with self.lock:
            self.connection.close()

    def check(self) -> None:
        """Reads all of the file. Raises FootnoteError where it is damaged.

        Takes about a second for 100,000 passages, and keeps nobody waiting meanwhile.
        """
        whole = f"{self.path.absolute().as_uri()}?mode=ro"
        with telling(self.path), closing(sqlite3.connect(whole, uri=True)) as reader:
            (found,) = reader.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise damaged(self.path, found)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block's changes or none of them."""
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
        """All rows of a query, read while nobody changes anything."""
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
        changes = files(__package__).joinpath("catalog.sql").read_text(encoding="utf-8")
    else:
        changes = "".join(ADDED[older] for older in range(version, SCHEMA_VERSION))
    connection.executescript(f"BEGIN; {changes} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
