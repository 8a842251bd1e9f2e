"""A document's states: pending, ready, removing, gone.

Each step is one transaction, and small, because every question waits for it. Rows and vectors go
together.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from hashlib import sha256
from itertools import chain, count
from typing import Literal

from retrieval.types import Hyperlink, PassageSpan

from .catalog import DELETED
from .library_store import LibraryStore
from .passages import insert_passages, passage_numbers, placeholders
from .sources.earlier import drop_old, keep_replaced
from .sqlite import Database
from .vectors.vector_store import VectorsError

# Passages that are deleted at once: a question that comes then waits for no more than these.
AT_ONCE = 256
# Vectors that are overwritten at once, which takes some 10 ms for each.
OVERWRITTEN_AT_ONCE = 16
# Characters of an id: 48 bits.
ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A version on its way in: the columns of its row, but for its id and state.

    `parts`, `headings`, `rows`, `validators` and `declined` are JSON, as `catalog.sql` has it.
    """

    version: str
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
    declined: str | None = None
    language: str = ""


# In


def add_pending(database: Database, documents: Iterable[NewDocument]) -> None:
    """Write documents, without passages yet; nothing reads them."""
    columns = [column.name for column in fields(NewDocument)]
    insert = (
        f"INSERT INTO documents ({', '.join(columns)}, id, state) "
        f"VALUES ({placeholders(columns)}, ?, 'pending')"
    )
    with database.transaction() as connection:
        for document in documents:
            connection.execute(insert, [*astuple(document), _id_of(connection, document)])


def add_links(database: Database, version: str, links: Mapping[int, str]) -> None:
    """Write the addresses at which people can open what begins at offsets of a pending version."""
    with database.transaction() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO links VALUES (?, ?, ?)",
            ((version, start, address) for start, address in links.items()),
        )


def add_hyperlinks(database: Database, version: str, found: Iterable[Hyperlink]) -> None:
    """Write the hyperlinks in a pending version."""
    with database.transaction() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO hyperlinks VALUES (?, ?, ?, ?)",
            ((version, *astuple(link)) for link in found),
        )


def _id_of(connection: sqlite3.Connection, document: NewDocument) -> str:
    """The id of the document that a new version replaces; otherwise one that is free."""
    row = connection.execute(
        # The plus keeps SQLite from going through all that is ready instead.
        "SELECT id FROM documents WHERE source = ? AND +state = 'ready'",
        [document.source],
    ).fetchone()
    if row is not None:
        return str(row[0])
    # What this content is told apart by may be the id of a document that says something else now.
    return next(id for id in _ids(document.version) if not _is_taken(connection, id))


def _ids(version: str) -> Iterator[str]:
    others = (sha256(f"{version} {n}".encode()).hexdigest()[:ID_LENGTH] for n in count(2))
    return chain([version], others)


def _is_taken(connection: sqlite3.Connection, id: str) -> bool:
    query = "SELECT 1 FROM documents WHERE id = ? AND state <> 'removing'"
    return connection.execute(query, [id]).fetchone() is not None


def add_passages(database: Database, passages: Iterable[tuple[NewDocument, PassageSpan]]) -> None:
    """Write passages of documents with their full text."""
    with database.transaction() as connection:
        insert_passages(
            connection, ((d.version, d.text, d.language, passage) for d, passage in passages)
        )


def replace_passages(
    database: Database, version: str, text: str, language: str, passages: Iterable[PassageSpan]
) -> None:
    """Cut a document's stored text, which is in a language, into other passages."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM passages WHERE document = ?", [version])
        connection.execute(
            "UPDATE documents SET language = ? WHERE version = ?", [language, version]
        )
        insert_passages(connection, ((version, text, language, passage) for passage in passages))


def make_ready(database: Database, versions: Iterable[str]) -> dict[str, str]:
    """Pending versions answer from now on; what they replace (same source) no longer does, leaves
    them its id, and is kept for a while.

    Returns the sources of the versions that were replaced, by these.
    """
    replaced = dict[str, str]()
    with database.transaction() as connection:
        for version in versions:
            keep_replaced(connection, version)
            older = connection.execute(
                "UPDATE documents SET state = 'removing' WHERE +state = 'ready' AND source = "
                "(SELECT source FROM documents WHERE version = ?) RETURNING version, source, id",
                [version],
            ).fetchall()
            replaced.update((old, source) for old, source, _ in older)
            # Another version may have come in first, and given the document its id.
            ids = [id for _, _, id in older]
            connection.execute(
                "UPDATE documents SET state = 'ready', id = coalesce(?, id) WHERE version = ?",
                [next(iter(ids), None), version],
            )
    return replaced


def keep_id(database: Database, version: str, id: str) -> None:
    """Have a version known by an id that it had elsewhere, unless another document has that."""
    with database.transaction() as connection:
        if not _is_taken(connection, id):
            connection.execute("UPDATE documents SET id = ? WHERE version = ?", [id, version])


# Out


def withdraw(
    database: Database, versions: Iterable[str], state: Literal["pending", "ready"] = "ready"
) -> None:
    """Those of the versions that are in that state no longer answer, and are to be deleted."""
    with database.transaction() as connection:
        connection.executemany(
            "UPDATE documents SET state = 'removing' WHERE version = ? AND state = ?",
            ((version, state) for version in versions),
        )


def overwrite(store: LibraryStore, versions: Sequence[str]) -> None:
    """Put something else in the place of the vectors of versions that are on their way out."""
    with store.catalog.lock:
        numbers = passage_numbers(store.catalog.connection, versions)
        with suppress(VectorsError):
            if numbers and len(numbers) == store.index.count():
                store.index.clear()  # all there are, which is sooner done
                return
    for first in range(0, len(numbers), OVERWRITTEN_AT_ONCE):
        with store.catalog.lock:
            store.index.overwrite(numbers[first : first + OVERWRITTEN_AT_ONCE])


def discard(store: LibraryStore, versions: Sequence[str]) -> None:
    """Delete those of some versions that are on their way out."""
    while versions and _discard_some(store, versions):
        pass


def _discard_some(store: LibraryStore, versions: Sequence[str]) -> bool:
    """Delete some of their passages, or all and the rows too; true if any may be left."""
    with store.catalog.lock:
        numbers = _passages_going(store.catalog, versions)
        # Vectors first: without their rows they could not be found.
        store.index.remove(numbers)
        if len(numbers) < AT_ONCE:
            _delete(store.catalog, versions)
            return False
        _delete_passages(store.catalog, numbers)
        return True


def _passages_going(database: Database, versions: Sequence[str]) -> list[int]:
    rows = database.rows(
        "SELECT passages.id FROM passages JOIN documents ON documents.version = document WHERE "
        f"state = 'removing' AND document IN ({placeholders(versions)}) LIMIT ?",
        [*versions, AT_ONCE],
    )
    return [row[0] for row in rows]


def _delete_passages(database: Database, numbers: Sequence[int]) -> None:
    with database.transaction() as connection:
        connection.executemany("DELETE FROM passages WHERE id = ?", ([n] for n in numbers))


def _delete(database: Database, versions: Sequence[str]) -> None:
    with database.transaction() as connection:
        connection.executemany(
            "DELETE FROM documents WHERE version = ? AND state = 'removing'",
            ([version] for version in versions),
        )
        drop_old(connection)


def give_up(store: LibraryStore, versions: Collection[str]) -> None:
    """Delete those of some versions that are not ready, whether on their way in or out."""
    left = [version for version in store.catalog.unfinished() if version in versions]
    if left:
        withdraw(store.catalog, left, "pending")
        discard(store, left)


def sweep(store: LibraryStore) -> None:
    """Delete all that is not ready: what a process that was killed left half done."""
    left = store.catalog.unfinished()
    if store.catalog.setting(DELETED) is not None:  # it was killed while it erased
        overwrite(store, left)
    give_up(store, left)
