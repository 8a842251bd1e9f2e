"""The record of the threads and messages that became documents: of whose words, and which answers
were marked in them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from bot.discord.language.translation import N_
from bot.discord.records.activity_file import ActivityTables

# The name of the record in errors.
KEPT = N_("threads that became documents")
COLUMNS = "kept_threads.id, server, channel, place, kind, document, digest, store, tagged"

# A moderator may have edited what a message says before it became a document; or added it, as it
# is, with its files.
Kind = Literal["thread", "message", "edited", "added", "file"]
# What a moderator chose by itself: it does not come and go with its channel.
CHOSEN = "'added', 'file'"
# A table that takes no kinds but those that there were when an older Footnote made it.
NARROW = "SELECT 1 FROM sqlite_master WHERE name = 'kept_threads' AND sql LIKE '%CHECK (kind%'"
# Made anew: with foreign keys in force, to drop it would take the messages along.
WIDEN = """
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = ON;
BEGIN IMMEDIATE;
ALTER TABLE kept_threads RENAME TO narrow;
DROP INDEX kept_threads_channel;
{schema}
INSERT INTO kept_threads SELECT * FROM narrow;
DROP TABLE narrow;
COMMIT;
PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
"""


@dataclass(frozen=True, slots=True)
class KeptThread:
    """A thread, or a message by itself, that became a document; its id is Discord's.

    `channel` is the channel or forum, `place` the thread, or else the channel, of its messages.
    `document` is "" while there is none, `digest` while it is being erased; `store` is the library
    or collection that it went into. `tagged` says that the thread had the tag of what is solved
    when the document was made.
    """

    id: int
    server: int
    channel: int
    place: int
    kind: Kind
    document: str
    digest: str
    store: str = ""
    tagged: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether there is a document, which isn't just being erased."""
        return bool(self.document and self.digest)


@dataclass(frozen=True, slots=True)
class Mark:
    """A message of a thread that somebody marked as an answer; `trusted` where that is staff, or
    somebody whom the server trusts."""

    message: int
    thread: int
    server: int
    channel: int
    member: int
    trusted: bool


class KeptThreads(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = KEPT

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with self._using():
            _widen(self._connection)

    def begin(self, kept: KeptThread, authors: Mapping[int, int]) -> None:
        """Record what is about to become a document, and who wrote each of its messages: whatever
        comes in between, it is known what the document is made of."""
        with self._using():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.execute("DELETE FROM kept_threads WHERE id = ?", [kept.id])
                self._connection.execute(
                    "INSERT INTO kept_threads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        *(kept.id, kept.server, kept.channel, kept.place, kept.kind),
                        *("", "", kept.store, kept.tagged),
                    ],
                )
                self._connection.executemany(
                    "INSERT OR REPLACE INTO kept_messages VALUES (?, ?, ?)",
                    ((message, kept.id, author) for message, author in authors.items()),
                )
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def done(self, id: int, document: str, digest: str) -> None:
        """Record that it has become a document."""
        self._change(
            "UPDATE kept_threads SET document = ?, digest = ? WHERE id = ?", [document, digest, id]
        )

    def going(self, id: int, store: str | None) -> None:
        """Record that a document is about to be erased from a store: whoever comes after a kill
        does it, and knows where it was."""
        self._change(
            "UPDATE kept_threads SET digest = '', store = coalesce(?, store) WHERE id = ?",
            [store, id],
        )

    def add_file(self, kept: KeptThread, message: int, author: int) -> None:
        """Record that a file of a message became a document; its number is one that is free."""
        with self._using():
            query = "SELECT min(0, coalesce(min(id), 0)) - 1 FROM kept_threads"
            (free,) = self._connection.execute(query).fetchone()
        self.begin(replace(kept, id=free), {message: author})
        self.done(free, kept.document, kept.digest)

    def tag(self, id: int, tagged: bool) -> None:
        """Record whether a thread has the tag of what is solved."""
        self._change("UPDATE kept_threads SET tagged = ? WHERE id = ?", [tagged, id])

    def forget(self, id: int) -> None:
        """Forget a thread or a message, whose document is gone."""
        self._change("DELETE FROM kept_threads WHERE id = ?", [id])

    def of(self, id: int) -> KeptThread | None:
        """The thread or message with a number, if it became a document."""
        return next(self._kept("id = ?", [id]), None)

    def of_messages(self, messages: Sequence[int]) -> list[KeptThread]:
        """The threads and messages whose documents are made of some messages."""
        marks = ", ".join("?" * len(messages))
        inside = f"SELECT thread FROM kept_messages WHERE message IN ({marks})"
        return list(self._kept(f"id IN ({inside})", messages))

    def in_channel(self, channel: int, after: int = 0, most: int = -1) -> list[KeptThread]:
        """The threads and messages that a channel gave, by their numbers, from the one after
        another on, `most` at a time; not those that a moderator chose by themselves."""
        where = f"channel = ? AND id > ? AND kind NOT IN ({CHOSEN}) ORDER BY id LIMIT ?"
        return list(self._kept(where, [channel, after, most]))

    def chosen_in(self, channel: int) -> list[KeptThread]:
        """The messages of a channel, and their files, that a moderator chose by themselves."""
        return list(self._kept(f"channel = ? AND kind IN ({CHOSEN}) ORDER BY id", [channel]))

    def in_place(self, place: int) -> list[KeptThread]:
        """The thread itself, and all messages in it, that became documents."""
        return list(self._kept("place = ? ORDER BY id", [place]))

    def message_of(self, id: int) -> int | None:
        """The message that a file came with."""
        rows = self._rows("SELECT message FROM kept_messages WHERE thread = ?", [id])
        return rows[0][0] if rows else None

    def channels(self) -> list[tuple[int, int]]:
        """The server and the number of each channel with anything that became a document."""
        rows = self._rows(
            "SELECT server, channel FROM kept_threads UNION SELECT server, channel "
            "FROM followed_channels ORDER BY server, channel",
            [],
        )
        return [(server, channel) for server, channel in rows]

    def count(self, channel: int) -> int:
        """The documents that a channel gave."""
        query = (
            "SELECT count(*) FROM kept_threads WHERE channel = ? AND document != '' "
            f"AND kind NOT IN ({CHOSEN})"
        )
        return int(self._rows(query, [channel])[0][0])

    def documents_by(self, member: int, server: int | None = None) -> list[KeptThread]:
        """The threads and messages with words of a member, in all servers or in one."""
        inside = "SELECT thread FROM kept_messages WHERE author = ?"
        where, values = f"id IN ({inside})", [member]
        return list(
            self._kept(where, values)
            if server is None
            else self._kept(f"{where} AND server = ?", [*values, server])
        )

    def by_document(self, document: str, server: int) -> KeptThread | None:
        """The thread or message that a document of a server was made of, if any."""
        return next(self._kept("document = ? AND server = ?", [document, server]), None)

    # Marks

    def mark(self, mark: Mark) -> None:
        """Record that a message was marked as an answer; a mark that is trusted stays so."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._change(
            "INSERT INTO marked_answers VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message) "
            "DO UPDATE SET trusted = trusted OR excluded.trusted",
            [
                *(mark.message, mark.thread, mark.server, mark.channel, mark.member),
                *(mark.trusted, now),
            ],
        )

    def unmark(self, thread: int, messages: Sequence[int] | None = None) -> None:
        """Forget the marks in a thread, all or those of some messages."""
        if messages is None:
            self._change("DELETE FROM marked_answers WHERE thread = ?", [thread])
            return
        inside = ", ".join("?" * len(messages))
        self._change(
            f"DELETE FROM marked_answers WHERE thread = ? AND message IN ({inside})",
            [thread, *messages],
        )

    def marks(self, thread: int) -> list[Mark]:
        """The marks in a thread."""
        rows = self._rows(
            "SELECT message, thread, server, channel, member, trusted FROM marked_answers "
            "WHERE thread = ? ORDER BY message",
            [thread],
        )
        return [Mark(*(*row[:-1], bool(row[-1]))) for row in rows]

    # SQL

    def _kept(self, where: str, values: Sequence[Any]) -> Iterator[KeptThread]:
        rows = self._rows(f"SELECT {COLUMNS} FROM kept_threads WHERE {where}", values)
        return (KeptThread(*(*row[:-1], bool(row[-1]))) for row in rows)

    def _rows(self, query: str, values: Sequence[Any]) -> list[Any]:
        with self._using():
            return self._connection.execute(query, values).fetchall()

    def _change(self, query: str, values: Sequence[Any]) -> int:
        with self._using():
            return self._connection.execute(query, values).rowcount


def _widen(connection: sqlite3.Connection) -> None:
    """Let an older file's table take all kinds; what is in it stays."""
    if connection.execute(NARROW).fetchone() is not None:
        schema = files(__package__).joinpath("kept_threads.sql").read_text(encoding="utf-8")
        connection.executescript(WIDEN.format(schema=schema))
