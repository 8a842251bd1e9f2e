"""One library's documents, passages and full text in one SQLite file. The truth.

Everything else (Chroma's vectors) can be rebuilt from here. A document is *pending* until its
vectors stand, *ready* while it answers, and *removing* until its vectors are gone; only *ready*
ones are ever read.
"""

import json
from pathlib import Path

from .database import Database
from .schema import DocumentInfo

LISTED = """
SELECT id, :library AS library, title, source,
       (SELECT count(*) FROM passages WHERE document = documents.id) AS passages,
       bytes, added_at, added_by, state
FROM documents WHERE state <> 'removing'
"""


class Catalog(Database):
    """The SQLite file of one library. Not shared between processes: a home has one owner."""

    def __init__(self, path: Path, library: str) -> None:
        """Opens the file, making it where it is missing. Raises FootnoteError if it can't."""
        super().__init__(path)
        self.library = library

    # Settings

    def setting(self, name: str) -> str | None:
        """A remembered value, or None."""
        row = self.row("SELECT value FROM settings WHERE name = ?", [name])
        return row[0] if row else None

    def remember(self, name: str, value: str) -> None:
        """Keeps a value under a name, in place of the one before."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])

    def settle(self, name: str, value: str) -> str:
        """The remembered value; where there is none, the one given, from now on."""
        with self.lock:
            found = self.setting(name)
            if found is None:
                self.remember(name, value)
            return value if found is None else found

    # Documents

    def documents(self) -> list[DocumentInfo]:
        """All documents, the oldest first."""
        rows = self.rows(f"{LISTED} ORDER BY added_at, rowid", {"library": self.library})
        return [DocumentInfo(*row) for row in rows]

    def document(self, id: str) -> DocumentInfo | None:
        """One document by its id."""
        row = self.row(f"{LISTED} AND id = :id", {"library": self.library, "id": id})
        return DocumentInfo(*row) if row else None

    def at_source(self, source: str) -> list[str]:
        """The documents that answer and were read from a source."""
        query = "SELECT id FROM documents WHERE source = ? AND state = 'ready'"
        return [row[0] for row in self.rows(query, [source])]

    def given_title(self, document: str) -> str | None:
        """The title that a person gave a document, or None where it was read from it."""
        row = self.row("SELECT title FROM documents WHERE id = ? AND title_given", [document])
        return row[0] if row else None

    def text(self, document: str) -> str | None:
        """The stored text of a document, whole; None where there is no such document."""
        row = self.row(
            "SELECT text FROM documents WHERE id = ? AND state <> 'removing'", [document]
        )
        return row[0] if row else None

    def parts(self, document: str) -> list[tuple[int, int | None]]:
        """Where each page or part of a document begins in its text, with the page's number."""
        row = self.row("SELECT parts FROM documents WHERE id = ?", [document])
        return [(offset, page) for offset, page in json.loads(row[0])] if row else []

    def retitle(self, document: str, title: str) -> None:
        """Gives a document another title."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE documents SET title = ?, title_given = TRUE WHERE id = ?", [title, document]
            )
