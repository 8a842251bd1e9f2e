"""One library's documents, passages and full text in one SQLite file. The truth.

Everything else (Chroma's vectors) can be rebuilt from here. A document is *pending* until its
vectors stand, *ready* while it answers, and *removing* until its vectors are gone; only *ready*
ones are ever read.
"""

from pathlib import Path

from retrieval.text.outline import Outline, read_outline
from retrieval.types import DocumentInfo

from .sqlite import Database

LISTED = """
SELECT id, :library AS library, title, source,
       (SELECT count(*) FROM passages WHERE document = documents.id) AS passages,
       bytes, added_at, added_by, state, kind, author, date
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
        """All documents, in the order in which they came, whatever the clock said then."""
        rows = self.rows(f"{LISTED} ORDER BY rowid", {"library": self.library})
        return [DocumentInfo(*row) for row in rows]

    def count(self) -> int:
        """How many documents there are."""
        (count,) = self.row("SELECT count(*) FROM documents WHERE state <> 'removing'")
        return int(count)

    def newest(self) -> str | None:
        """The latest time at which a document was added, by the clock of then."""
        row = self.row("SELECT max(added_at) FROM documents WHERE state = 'ready'")
        return None if row is None else row[0]

    def document(self, id: str) -> DocumentInfo | None:
        """One document by its id."""
        row = self.row(f"{LISTED} AND id = :id", {"library": self.library, "id": id})
        return DocumentInfo(*row) if row else None

    def at_source(self, source: str) -> list[str]:
        """The documents that answer and were read from a source."""
        # The plus keeps SQLite from going through all that is ready instead.
        query = "SELECT id FROM documents WHERE source = ? AND +state = 'ready'"
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

    def outline(self, document: str) -> Outline:
        """Where the parts, headings and rows of a document begin in its text."""
        row = self.row("SELECT kind, parts, headings, rows FROM documents WHERE id = ?", [document])
        return read_outline(*row) if row else Outline()

    def with_bytes(self, sha256: str) -> str | None:
        """The document that answers and was read from bytes with this SHA-256, or None."""
        query = "SELECT id FROM documents WHERE sha256 = ? AND +state = 'ready'"
        row = self.row(query, [sha256])
        return row[0] if row else None

    def validators(self, document: str) -> str | None:
        """What a web server knows a document's version by, as JSON, or None."""
        row = self.row("SELECT validators FROM documents WHERE id = ?", [document])
        return row[0] if row else None

    def renew(self, document: str, validators: str) -> None:
        """Keeps what a web server knows a document's version by now."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE documents SET validators = ? WHERE id = ?", [validators, document]
            )

    def retitle(self, document: str, title: str) -> None:
        """Gives a document another title."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE documents SET title = ?, title_given = TRUE WHERE id = ?", [title, document]
            )
