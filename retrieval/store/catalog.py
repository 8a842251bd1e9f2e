"""One library's documents, passages and full text in one SQLite file. The truth.

Everything else (Chroma's vectors) can be rebuilt from here. A row of `documents` is one version of
a document, *pending* until its vectors stand, *ready* while it answers, and *removing* until its
vectors are gone (`lifecycle`); only *ready* ones are ever read. People know a document by its id,
which it keeps when its source has new content; everything that goes by an offset goes by the
version.
"""

import json
from pathlib import Path

from retrieval.reading.outline import Outline, read_outline
from retrieval.types import ENGLISH, DocumentInfo, Hyperlink

from .files.full_text import mend, purge
from .sqlite import Database, read_sql

# A new version that is on its way in is not listed beside the one that it will replace.
LISTED = """
SELECT id, :library AS library, title, source,
       (SELECT count(*) FROM passages WHERE document = documents.version) AS passages,
       bytes, added_at, added_by, state, kind, author, date, version,
       coalesce((SELECT value FROM settings WHERE name = 'collection'), '') AS collection,
       coalesce(nullif(language, ''), 'en') AS language
FROM documents WHERE state <> 'removing' AND (state = 'ready' OR NOT EXISTS
    (SELECT 1 FROM documents AS older WHERE older.id = documents.id AND older.state = 'ready'))
"""
# Sorts after every character that an id may have.
LAST = chr(0x10FFFF)

# The setting of a catalog from which something was deleted that its files may still hold, and that
# of one in which nothing is left of what was deleted before it was first looked after.
DELETED, CLEAN = "deleted", "clean"

# What came with Footnote is known by its source and by who added it.
BUILT_IN = "source GLOB 'footnote:*' AND added_by IN ('footnote', 'refresh')"


class Catalog(Database):
    """The SQLite file of one library. Not shared between processes: a home has one owner."""

    def __init__(self, path: Path, library: str) -> None:
        """Opens the file, making it where it is missing. Raises FootnoteError if it can't."""
        super().__init__(path)
        mend(self)
        self.library = library
        # The languages of its documents, and the number of changes after which they were counted.
        self._languages: tuple[int, tuple[str, ...]] = (-1, ())

    # Settings

    def setting(self, name: str) -> str | None:
        """A remembered value, or None."""
        row = self.row("SELECT value FROM settings WHERE name = ?", [name])
        return row[0] if row else None

    def remember(self, name: str, value: str) -> None:
        """Keep a value under a name, in place of the one before."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])

    def settle(self, name: str, value: str) -> str:
        """The remembered value; where there is none, the one given, from now on."""
        with self.lock:
            found = self.setting(name)
            if found is None:
                self.remember(name, value)
            return value if found is None else found

    def forget(self, name: str) -> None:
        """Remember no value under a name any more."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM settings WHERE name = ?", [name])

    # What was deleted

    def forget_deleted(self) -> bool:
        """Leave nothing in the file and its log of the words of what was deleted.

        False where another connection was reading for so long that it could not be done.
        """
        purge(self)
        if self.setting(CLEAN) is None:
            # What was deleted before that could be overwritten, by an older Footnote.
            with self.lock:
                self.connection.execute("VACUUM")
            self.remember(CLEAN, "1")
        return self.empty_log()

    # Documents, as people know them

    def documents(self) -> list[DocumentInfo]:
        """All documents, in the order in which they came, whatever the clock said then."""
        return self._listed("TRUE ORDER BY rowid")

    def count(self) -> int:
        """The number of documents, those on their way in among them."""
        (count,) = self.row(f"SELECT count(*) FROM ({LISTED})", {"library": self.library})
        return int(count)

    def has_own(self) -> bool:
        """Return True where a document answers that did not come with Footnote."""
        query = (
            f"SELECT EXISTS (SELECT 1 FROM documents WHERE state = 'ready' AND NOT ({BUILT_IN}))"
        )
        (found,) = self.row(query)
        return bool(found)

    def built_in(self, source: str) -> list[str]:
        """The ids of documents that answer, came with Footnote and were read from a source."""
        # The plus keeps SQLite from going through all that is ready instead.
        query = f"SELECT id FROM documents WHERE source = ? AND +state = 'ready' AND ({BUILT_IN})"
        return [row[0] for row in self.rows(query, [source])]

    def newest(self) -> str | None:
        """The latest time at which a document was added, by the clock of then."""
        row = self.row("SELECT max(added_at) FROM documents WHERE state = 'ready'")
        return None if row is None else row[0]

    def document(self, id: str) -> DocumentInfo | None:
        """The document with an id, or None."""
        return next(iter(self._listed("id = :id", id=id)), None)

    def beginning(self, prefix: str) -> list[DocumentInfo]:
        """The documents whose ids begin with some characters."""
        condition = "id >= :first AND id < :last ORDER BY id"
        return self._listed(condition, first=prefix, last=prefix + LAST)

    def is_arriving(self, id: str) -> bool:
        """True while a document, or a new version of it, is on its way in."""
        query = "SELECT 1 FROM documents WHERE id = ? AND state = 'pending'"
        return self.row(query, [id]) is not None

    def languages(self) -> tuple[str, ...]:
        """The languages of the documents that answer, that of most of them first."""
        with self.lock:
            changes = self.connection.total_changes
            if self._languages[0] != changes:
                told = [row[0] or ENGLISH for row in self.rows(read_sql("languages.sql"))]
                self._languages = (changes, tuple(dict.fromkeys(told)))
            return self._languages[1]

    # Versions

    def with_version(self, version: str) -> DocumentInfo | None:
        """The document that a version is of, or None where there is no such version."""
        return next(iter(self._listed("version = :version", version=version)), None)

    def _listed(self, condition: str, **values: str) -> list[DocumentInfo]:
        rows = self.rows(f"{LISTED} AND {condition}", {"library": self.library, **values})
        return [DocumentInfo(*row) for row in rows]

    def unfinished(self) -> list[str]:
        """The versions that are on their way in or out."""
        rows = self.rows("SELECT version FROM documents WHERE state IN ('pending', 'removing')")
        return [row[0] for row in rows]

    def at_source(self, source: str) -> list[str]:
        """The versions that answer and were read from a source."""
        # The plus keeps SQLite from going through all that is ready instead.
        query = "SELECT version FROM documents WHERE source = ? AND +state = 'ready'"
        return [row[0] for row in self.rows(query, [source])]

    def with_bytes(self, sha256: str) -> str | None:
        """The version that answers and was read from bytes with this SHA-256, or None."""
        query = "SELECT version FROM documents WHERE sha256 = ? AND +state = 'ready'"
        row = self.row(query, [sha256])
        return row[0] if row else None

    def text(self, version: str) -> str | None:
        """The stored text of a version, whole; None where there is no such version."""
        query = "SELECT text FROM documents WHERE version = ? AND state <> 'removing'"
        row = self.row(query, [version])
        return row[0] if row else None

    def outline(self, version: str) -> Outline:
        """The offsets at which the parts, headings and rows of a version begin in its text."""
        query = "SELECT kind, parts, headings, rows FROM documents WHERE version = ?"
        row = self.row(query, [version])
        return read_outline(*row) if row else Outline()

    def addresses(self, version: str, start: int, end: int) -> tuple[str, tuple[Hyperlink, ...]]:
        """The address at which people can open what stands between two offsets of a version, or
        "", and the hyperlinks that lie whole in it, in order."""
        query = (
            "SELECT NULL, NULL, address FROM (SELECT address FROM links WHERE document = ?1 "
            "AND start <= ?2 ORDER BY start DESC LIMIT 1) UNION ALL SELECT * FROM ("
            'SELECT start, "end", address FROM hyperlinks WHERE document = ?1 AND start >= ?2 '
            'AND start < ?3 AND "end" <= ?3 ORDER BY start)'
        )
        rows = self.rows(query, [version, start, end])
        opened = [address for first, _, address in rows if first is None]
        return "".join(opened), tuple(Hyperlink(*row) for row in rows if row[0] is not None)

    def given_title(self, version: str) -> str | None:
        """The title that a person gave, or None where it was read from the document."""
        query = "SELECT title FROM documents WHERE version = ? AND title_given"
        row = self.row(query, [version])
        return row[0] if row else None

    def retitle(self, version: str, title: str, given: bool = True) -> None:
        """Give a document another title, which a person gave or its site's navigation."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE documents SET title = ?, title_given = ? WHERE version = ?",
                [title, given, version],
            )

    def rename_adder(self, added_by: str, other: str) -> None:
        """Say otherwise who added what somebody added, the earlier versions too."""
        with self.transaction() as connection:
            for table in ("documents", "earlier"):
                connection.execute(
                    f"UPDATE {table} SET added_by = ? WHERE added_by = ?", [other, added_by]
                )
        self.empty_log()

    def validators(self, version: str) -> str | None:
        """The marks by which a web server knows a version, as JSON, or None."""
        row = self.row("SELECT validators FROM documents WHERE version = ?", [version])
        return row[0] if row else None

    def bytes_of(self, version: str) -> tuple[str, str | None]:
        """The SHA-256 of the bytes that a version was read from, and a web server's marks of it."""
        row = self.row("SELECT sha256, validators FROM documents WHERE version = ?", [version])
        return (row[0], row[1]) if row else ("", None)

    def declined_at(self, source: str) -> tuple[DocumentInfo, list[str]] | None:
        """The document at a source that was taken back to an earlier version, and from what: the
        SHA-256 of its bytes, and its version."""
        # The plus keeps SQLite from going through all that is ready instead.
        query = (
            "SELECT version, declined FROM documents WHERE source = ? AND +state = 'ready' "
            "AND declined IS NOT NULL"
        )
        row = self.row(query, [source])
        document = self.with_version(row[0]) if row else None
        return None if document is None else (document, json.loads(row[1]))

    def renew(self, version: str, validators: str) -> None:
        """Keep what a web server knows a version by now."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE documents SET validators = ? WHERE version = ?", [validators, version]
            )
