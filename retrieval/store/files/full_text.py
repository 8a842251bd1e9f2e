"""The full text of a catalog, an index of SQLite's FTS5: freed of what was deleted, and kept whole.

FTS5 puts all that it merges one level above what it merged, before SQLite 3.41 no level ever goes
but when the index is made anew, and an index of more than 2,000 levels is taken for damaged: a
library of which something was erased a thousand times could be neither searched nor added to.
"""

import sqlite3

from retrieval.store.sqlite import Database

# Pages that are merged while questions wait.
MERGED_AT_ONCE = 500
# Bytes of the record of what the index consists of, two for each level that is empty: with so many
# it is made anew, and where FTS5 may take it for damaged.
MANY, DAMAGED = 2_000, 4_000
# The row of that record, as FTS5's own tables have it, and what it says of an index of nothing.
RECORD, NOTHING = 10, bytes(7)


def purge(database: Database) -> None:
    """Leave nothing in the index of the words of passages that were deleted."""
    # It keeps deleted words beside a mark until all that it wrote is merged. Its option
    # `secure-delete` takes SQLite 3.42, and older ones could not read the file any more.
    with database.lock:
        if _length(database) > MANY:
            with database.transaction() as connection:
                _make_anew(connection)
            return
    step = -MERGED_AT_ONCE  # less than nothing begins a merge of all there is
    while _merge_some(database, step):
        step = MERGED_AT_ONCE


def mend(database: Database) -> None:
    """Make the index anew where it has so many levels that FTS5 refuses it."""
    if _length(database) > DAMAGED:
        with database.transaction() as connection:
            connection.execute(
                "UPDATE passages_text_data SET block = ? WHERE id = ?", [NOTHING, RECORD]
            )
            _make_anew(connection)


def _length(database: Database) -> int:
    query = "SELECT length(block) FROM passages_text_data WHERE id = ?"
    row = database.row(query, [RECORD])
    return int(row[0]) if row else 0


def _make_anew(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO passages_text (passages_text) VALUES ('rebuild')")


def _merge_some(database: Database, pages: int) -> bool:
    """Merge some of the index; True if more is left to be merged."""
    merge = "INSERT INTO passages_text (passages_text, rank) VALUES ('merge', ?)"
    with database.transaction() as connection:
        before = connection.total_changes
        connection.execute(merge, [pages])
        # https://www.sqlite.org/fts5.html#the_merge_command
        return connection.total_changes - before > 1
