"""The way of documents through their states: pending, ready, removing, gone.

Each step is one transaction, and small, because whoever asks waits for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Literal

from retrieval.indexing.split import PassageSpan

from .passages import placeholders
from .sqlite import Database
from .unembedded import insert_passages


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
