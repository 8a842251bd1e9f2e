"""The file `activity.db` of a home, which holds all that the bot remembers besides documents.

Each record has tables of its own in it, in a `.sql` file beside its module, here or in a folder
within, and a connection of its own. Tables that an older file lacks are made when it is opened.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock
from typing import ClassVar

from retrieval.store.files.record_file import open_record, telling

ACTIVITY = "activity.db"
# The SQL that the file began with. That of all other records says IF NOT EXISTS.
FIRST = "question_log.sql"


def open_activity(path: Path, what: str) -> sqlite3.Connection:
    """A connection to the file with the tables of all records, made where they are missing.

    `what` names the record that is opened in errors. Raises FootnoteError as `open_record` does.
    """
    schemas = {
        schema.name: schema.read_text(encoding="utf-8") for schema in _schemas(files(__package__))
    }
    first = schemas.pop(FIRST)
    return open_record(path, what, first, [schemas[name] for name in sorted(schemas)])


def _schemas(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.name.endswith(".sql"):
            yield entry
        elif entry.is_dir():
            yield from _schemas(entry)


class ActivityTables:
    """A record's own tables in the file, by a connection that any thread may use."""

    # The name of the record in errors.
    what: ClassVar[str]

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises FootnoteError if it can't."""
        self._lock = Lock()
        self._path = path
        self._connection = open_activity(path, self.what)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _using(self) -> Iterator[None]:
        with self._lock, telling(self._path, self.what):
            yield
