"""The way of documents through their states: pending, ready, removing, gone.

Each step is one transaction, and small, because whoever asks waits for it.

One library's documents, passages and full text in one SQLite file. The truth.

Everything else (Chroma's vectors) can be rebuilt from here. A document is *pending* until its
vectors stand, *ready* while it answers, and *removing* until its vectors are gone; only *ready*
ones are ever read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal

from retrieval.reading.outline import Outline, read_outline
from retrieval.types import DocumentInfo, PassageSpan

from .passages import insert_passages, placeholders
from .sqlite import Database

LISTED = """
SELECT id, :library AS library, title, source,
       (SELECT count(*) FROM passages WHERE document = documents.id) AS passages,
       bytes, added_at, added_by, state, kind, author, date
FROM documents WHERE state <> 'removing'
"""

# What came with Footnote is known by its source and by who added it.
BUILT_IN = "source GLOB 'footnote:*' AND added_by IN ('footnote', 'refresh')"


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

    def has_own(self) -> bool:
        """Return True where a document answers that did not come with Footnote."""
        query = (
            f"SELECT EXISTS (SELECT 1 FROM documents WHERE state = 'ready' AND NOT ({BUILT_IN}))"
        )
        (found,) = self.row(query)
        return bool(found)

    def built_in(self, source: str) -> list[str]:
        """The documents that answer, came with Footnote and were read from a source."""
        # The plus keeps SQLite from going through all that is ready instead.
        query = f"SELECT id FROM documents WHERE source = ? AND +state = 'ready' AND ({BUILT_IN})"
        return [row[0] for row in self.rows(query, [source])]

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


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document on its way in: the columns of its row, but for the state.

    `parts`, `headings`, `rows` and `validators` are JSON, as `catalog.sql` has it.
    """

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
    kind: str
    author: str
    date: str
    headings: str
    rows: str
    validators: str | None


def add_pending(database: Database, documents: Iterable[NewDocument]) -> None:
    """Writes documents, without passages yet; nothing reads them."""
    columns = [column.name for column in fields(NewDocument)]
    with database.transaction() as connection:
        connection.executemany(
            f"INSERT INTO documents ({', '.join(columns)}, state) "
            f"VALUES ({placeholders(columns)}, 'pending')",
            (astuple(document) for document in documents),
        )


def add_passages(database: Database, passages: Iterable[tuple[NewDocument, PassageSpan]]) -> None:
    """Writes passages of documents with their full text."""
    with database.transaction() as connection:
        insert_passages(connection, ((d.id, d.text, passage) for d, passage in passages))


def replace_passages(
    database: Database, id: str, text: str, passages: Iterable[PassageSpan]
) -> None:
    """Cuts a document's stored text into other passages."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM passages WHERE document = ?", [id])
        insert_passages(connection, ((id, text, passage) for passage in passages))


def make_ready(database: Database, documents: Iterable[str]) -> dict[str, str]:
    """Pending documents answer from now on; what they replace (same source) no longer does.

    Returns the sources of the documents that were replaced, by their ids.
    """
    replaced = dict[str, str]()
    with database.transaction() as connection:
        for document in documents:
            older = connection.execute(
                # The plus keeps SQLite from going through all that is ready instead.
                "UPDATE documents SET state = 'removing' WHERE +state = 'ready' AND source = "
                "(SELECT source FROM documents WHERE id = ?) RETURNING id, source",
                [document],
            )
            replaced.update(older.fetchall())
            connection.execute("UPDATE documents SET state = 'ready' WHERE id = ?", [document])
    return replaced


def withdraw(
    database: Database, documents: Iterable[str], state: Literal["pending", "ready"] = "ready"
) -> None:
    """Those of the documents that are in that state no longer answer, and are to be deleted."""
    with database.transaction() as connection:
        connection.executemany(
            "UPDATE documents SET state = 'removing' WHERE id = ? AND state = ?",
            ((document, state) for document in documents),
        )


def passages_going(database: Database, documents: Sequence[str], most: int) -> list[int]:
    """The numbers of some passages of those of the documents that are to be deleted."""
    rows = database.rows(
        "SELECT passages.id FROM passages JOIN documents ON documents.id = document WHERE "
        f"state = 'removing' AND document IN ({placeholders(documents)}) LIMIT ?",
        [*documents, most],
    )
    return [row[0] for row in rows]


def delete_passages(database: Database, numbers: Sequence[int]) -> None:
    """Deletes passages and their full text."""
    with database.transaction() as connection:
        connection.executemany("DELETE FROM passages WHERE id = ?", ([n] for n in numbers))


def delete(database: Database, documents: Sequence[str]) -> None:
    """Deletes those of the documents that are to be deleted, with passages and full text."""
    with database.transaction() as connection:
        connection.executemany(
            "DELETE FROM documents WHERE id = ? AND state = 'removing'",
            ([document] for document in documents),
        )


def unfinished(database: Database) -> list[str]:
    """The documents that are on their way in or out."""
    rows = database.rows("SELECT id FROM documents WHERE state IN ('pending', 'removing')")
    return [row[0] for row in rows]
