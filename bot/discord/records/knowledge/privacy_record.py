"""The record of who asked what and of who opted out: the way to all that is kept of a member."""

import hmac
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.discord.language.translation import N_
from bot.discord.records.activity_file import ActivityTables

from .personal_data import KINDS, NO_REPLY, WORDS, WRITTEN

# The name of the record in errors.
PRIVACY = N_("privacy")
# In the place of a member who opted out, and of a server where that is everywhere.
NOBODY, EVERYWHERE = 0, 0
# Stands where somebody was mentioned who is deleted.
SOMEBODY = "@somebody"
# Words of a text that are enough to say whose it is.
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class KeptItem:
    """One thing that is kept of a member: where (None: in direct messages), when, and its words."""

    server: int | None
    at: str
    words: str


class PrivacyRecord(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = PRIVACY

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises FootnoteError if it can't."""
        super().__init__(path)
        with self._using():
            self._connection.execute("DELETE FROM askers WHERE asked NOT IN (SELECT id FROM asked)")
            self._connection.execute(
                "INSERT OR IGNORE INTO opted_out_key VALUES (1, ?)", [secrets.token_bytes(32)]
            )

    # Who asks

    def asks(self, id: int, server: int | None, member: int) -> None:
        """Record who asks the question that is about to be answered under an id; of somebody who
        opted out, that no word of it is to be kept."""
        who = NOBODY if self.opted_out(server, member) else member
        with self._using():
            self._connection.execute("INSERT OR REPLACE INTO askers VALUES (?, ?)", [id, who])

    # Who opted out

    def opted_out(self, server: int | None, member: int) -> bool:
        """Tell whether a member opted out in a server, or everywhere."""
        marks = [self._mark(place, member) for place in {server or EVERYWHERE, EVERYWHERE}]
        with self._using():
            query = f"SELECT 1 FROM opted_out WHERE mark IN ({', '.join('?' * len(marks))})"
            return self._connection.execute(query, marks).fetchone() is not None

    def opt_out(self, server: int | None, member: int) -> None:
        """Keep nothing of what a member writes from now on, in a server or everywhere (None)."""
        mark = self._mark(server or EVERYWHERE, member)
        with self._using():
            self._connection.execute("INSERT OR IGNORE INTO opted_out VALUES (?)", [mark])

    def opt_in(self, server: int | None, member: int) -> None:
        """Take back what was chosen everywhere, and in a server if one is named."""
        marks = {self._mark(place, member) for place in {server or EVERYWHERE, EVERYWHERE}}
        with self._using():
            self._connection.executemany(
                "DELETE FROM opted_out WHERE mark = ?", ([mark] for mark in marks)
            )

    def _mark(self, server: int, member: int) -> bytes:
        with self._using():
            (key,) = self._connection.execute("SELECT key FROM opted_out_key").fetchone()
        return hmac.digest(key, f"{server}:{member}".encode(), "sha256")

    # All that is kept

    def kept(self, member: int) -> dict[str, list[KeptItem]]:
        """All that is kept of a member, by kind."""
        with self._using():
            found = {
                kind.name: self._connection.execute(kind.query, {"member": member}).fetchall()
                for kind in KINDS
            }
        return {name: [KeptItem(*row) for row in rows] for name, rows in found.items()}

    def written_documents(self, member: int) -> list[tuple[int | None, str]]:
        """The documents, each with its server, whose words a member wrote: threads that were kept,
        and answers to gaps that they wrote or gave as a helper, as far as that is on record."""
        with self._using():
            rows = self._connection.execute(WRITTEN, {"member": member}).fetchall()
        return [(guild, document) for guild, document in rows]

    def delete(self, member: int) -> None:
        """Delete all that is kept of a member: no byte of their number, or of what they wrote, is
        left in the file."""
        mentions = [f"<@{member}>", f"<@!{member}>"]
        with self._changing():
            for deletion in (deletion for kind in KINDS for deletion in kind.deletion):
                self._connection.execute(deletion, {"member": member})
            for table, column in WORDS:
                self._connection.executemany(
                    f"UPDATE {table} SET {column} = replace({column}, ?, ?) "
                    f"WHERE instr({column}, ?)",
                    ([said, SOMEBODY, said] for said in mentions),
                )

    def forget_documents(self, ids: Sequence[str], texts: Sequence[str]) -> None:
        """Forget what was done by documents that are erased, and what was asked, replied and noted
        in words that they held."""
        held = [text for text in map(_folded, texts) if _is_enough(text)]

        def stands(words: str | None) -> bool:
            said = _folded(words or "")
            return _is_enough(said) and any(said in text or text in said for text in held)

        with self._changing():
            self._connection.executemany(
                "DELETE FROM settled WHERE document = ?", ([id] for id in ids)
            )
            self._connection.create_function("stands", 1, stands, deterministic=True)
            self._connection.execute("DELETE FROM asked WHERE stands(question)")
            self._connection.execute("DELETE FROM reasons WHERE stands(reason)")
            self._connection.execute(f"{NO_REPLY} WHERE stands(reply)")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Make all of the block's changes or none, and leave nothing of what was deleted in the
        file's free room or in its log."""
        with self._using():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_enough(text: str) -> bool:
    return len(text.split()) >= ENOUGH
