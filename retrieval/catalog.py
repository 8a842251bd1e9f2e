"""One library's documents, passages and full text in one SQLite file. The truth.

Everything else (Chroma's vectors) can be rebuilt from here. A document is *pending* until its
vectors stand, *ready* while it answers, and *removing* until its vectors are gone; only *ready*
ones are ever read.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from threading import RLock

from .database import open_database
from .schema import DocumentInfo
from .split import PassageSpan
from .stored import pack_spans

LISTED = """
SELECT id, :library AS library, title, source,
       (SELECT count(*) FROM passages WHERE document = documents.id) AS passages,
       bytes, added_at, added_by, state
FROM documents
"""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document on its way in: the columns of its row, but for the state."""

    id: str
    title: str
    title_given: bool
    source: str
    sha256: str
    bytes: int
    text: str
    parts: str
    added_at: str
    added_by: str


class Catalog:
    """The SQLite file of one library. Not shared between processes: a home has one owner."""

    def __init__(self, path: Path, library: str) -> None:
        """Opens the file, making it where it is missing. Raises FootnoteError if it can't."""
        self.library = library
        # Held by whoever changes the catalog, and by whoever reads more than one thing that must
        # agree. One connection serves all threads, and each would see the others' half changes.
        self.lock = RLock()
        self.connection = open_database(path)

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block's changes or none of them."""
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def setting(self, name: str) -> str | None:
        """A remembered value, or None."""
        row = self.connection.execute("SELECT value FROM settings WHERE name = ?", [name])
        found = row.fetchone()
        return found[0] if found else None

    def remember(self, name: str, value: str) -> None:
        """Keeps a value under a name, in place of the one before."""
        self.connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])

    def add_pending(self, document: NewDocument, passages: Sequence[PassageSpan]) -> None:
        """Writes a document with its passages and full text; nothing reads them yet."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')",
                astuple(document),
            )
            self._insert_passages(document.id, document.text, passages)

    def replace_passages(self, id: str, passages: Sequence[PassageSpan]) -> None:
        """Cuts a document's stored text into other passages."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM passages WHERE document = ?", [id])
            self._insert_passages(id, self.text(id), passages)

    def _insert_passages(self, id: str, text: str, passages: Sequence[PassageSpan]) -> None:
        rows = (
            (id, p.page, p.start, p.end, text[p.start : p.end], pack_spans(p.sentences))
            for p in passages
        )
        self.connection.executemany(
            'INSERT INTO passages (document, page, start, "end", text, sentences) '
            "VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )

    def make_ready(self, documents: Sequence[str]) -> None:
        """Pending documents answer from now on; what they replace (same source) no longer does."""
        with self.transaction() as connection:
            for document in documents:
                connection.execute(
                    "UPDATE documents SET state = 'removing' WHERE state = 'ready' AND source = "
                    "(SELECT source FROM documents WHERE id = ?)",
                    [document],
                )
                connection.execute("UPDATE documents SET state = 'ready' WHERE id = ?", [document])

    def withdraw(self, documents: Sequence[str]) -> None:
        """These documents no longer answer, and are to be deleted."""
        with self.transaction() as connection:
            connection.executemany(
                "UPDATE documents SET state = 'removing' WHERE id = ?", ([d] for d in documents)
            )

    def retitle(self, document: str, title: str) -> None:
        """Gives a document another title."""
        self.connection.execute(
            "UPDATE documents SET title = ?, title_given = TRUE WHERE id = ?", [title, document]
        )

    def delete(self, documents: Sequence[str]) -> None:
        """Deletes documents with their passages and full text."""
        with self.transaction() as connection:
            connection.executemany("DELETE FROM documents WHERE id = ?", ([d] for d in documents))

    def unfinished(self) -> list[str]:
        """The documents that are on their way in or out."""
        rows = self.connection.execute("SELECT id FROM documents WHERE state <> 'ready'")
        return [row[0] for row in rows]

    def documents(self) -> list[DocumentInfo]:
        """All documents, the oldest first."""
        query = f"{LISTED} ORDER BY added_at, rowid"
        with self.lock:
            rows = self.connection.execute(query, {"library": self.library}).fetchall()
        return [DocumentInfo(*row) for row in rows]

    def document(self, id: str) -> DocumentInfo | None:
        """One document by its id."""
        query = f"{LISTED} WHERE id = :id"
        row = self.connection.execute(query, {"library": self.library, "id": id}).fetchone()
        return DocumentInfo(*row) if row else None

    def at_source(self, source: str) -> list[str]:
        """The documents that answer and were read from a source."""
        rows = self.connection.execute(
            "SELECT id FROM documents WHERE source = ? AND state = 'ready'", [source]
        )
        return [row[0] for row in rows]

    def given_title(self, document: str) -> str | None:
        """The title that a person gave a document, or None where it was read from it."""
        row = self.connection.execute(
            "SELECT title FROM documents WHERE id = ? AND title_given", [document]
        ).fetchone()
        return row[0] if row else None

    def text(self, document: str) -> str:
        """The stored text of a document, whole."""
        row = self.connection.execute("SELECT text FROM documents WHERE id = ?", [document])
        return str(row.fetchone()[0])

    def parts(self, document: str) -> list[tuple[int, int | None]]:
        """Where each page or part of a document begins in its text, with the page's number."""
        row = self.connection.execute("SELECT parts FROM documents WHERE id = ?", [document])
        return [(offset, page) for offset, page in json.loads(row.fetchone()[0])]
