"""The record of what the documents didn't answer, what was done about it, and who wants to know.

Its rows go with the question that they belong to, 90 days after it was asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from bot.discord.language.translation import N_

from .activity_file import ActivityTables

# The name of the record in errors.
GAPS = N_("unanswered questions")
# The most questions of a server that are looked at, the newest.
MOST = 2000

How = Literal["answered", "pointed", "not ours"]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that was not answered, or badly; `channel` and `message` are where, if all could
    see it there."""

    id: int
    question: str
    at: str
    disliked: bool = False
    channel: int | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that something was done about."""

    id: int
    question: str
    how: How
    document: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A member who wants to be told of an answer, and the place: a message, or directly (None)."""

    asked: int
    question: str
    member: int
    channel: int | None
    message: int | None


class GapRecord(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = GAPS

    def open(self, guild: int | None) -> list[OpenQuestion]:
        """A server's questions that have no good answer yet, the newest first.

        One that was answered since, asked in the same words, is not among them.
        """
        rows = self._rows(
            "SELECT asked.id, question, asked.at, answered, channel, message, gap, "
            "(SELECT coalesce(sum(NOT up) > sum(up), 0) FROM votes WHERE votes.asked = asked.id) "
            "FROM asked LEFT JOIN shown_answers AS shown ON shown.asked = asked.id "
            "LEFT JOIN settled ON settled.asked = asked.id "
            "WHERE kind = 'question' AND guild IS ? ORDER BY asked.at DESC",
            [guild],
        )
        found, answered = list[OpenQuestion](), set[str]()
        for id, question, at, said, channel, message, gap, disliked in rows:
            words = " ".join(question.casefold().split())
            if said and not disliked:
                answered.add(words)
            elif gap is None and words not in answered:
                found.append(OpenQuestion(id, question, at, bool(disliked), channel, message))
        return found[:MOST]

    def servers(self) -> list[int | None]:
        """The servers that anybody asked in, by their numbers; None stands for direct messages."""
        rows = self._rows(
            "SELECT DISTINCT guild FROM asked WHERE kind = 'question' ORDER BY guild", []
        )
        return [guild for (guild,) in rows]

    def settle(
        self,
        ids: Sequence[int],
        guild: int | None,
        gap: int,
        how: How,
        member: int | None = None,
        document: str | None = None,
        title: str | None = None,
    ) -> list[int]:
        """Record what was done about questions of a server; returns those that this is new for:
        one that somebody pointed at a document for may still be answered.

        `gap` is the one by which they are found together again.
        """
        now = datetime.now(UTC).isoformat()
        new = list[int]()
        for id in ids:
            changed = self._change(
                "INSERT INTO settled SELECT id, ?, ?, ?, ?, ?, ? FROM asked "
                "WHERE id = ? AND guild IS ? ON CONFLICT (asked) DO UPDATE SET gap = excluded.gap, "
                "how = excluded.how, document = excluded.document, title = excluded.title, "
                "member = excluded.member, at = excluded.at "
                "WHERE settled.how = 'pointed' AND excluded.how = 'answered'",
                [gap, how, document, title, member, now, id, guild],
            )
            new += [id] if changed else []
        return new

    def reopen(self, gap: int, guild: int | None) -> int:
        """Undo what was done about the questions of a gap; returns how many they are."""
        return self._change(
            "DELETE FROM settled WHERE gap = ? AND how != 'answered' "
            "AND asked IN (SELECT id FROM asked WHERE guild IS ?)",
            [gap, guild],
        )

    def settled(self, guild: int | None) -> list[Settled]:
        """A server's questions that are not its business, or that somebody pointed at a document
        for, the newest first."""
        rows = self._rows(
            "SELECT settled.asked, question, how, document, title FROM settled "
            "JOIN asked ON asked.id = settled.asked "
            "WHERE guild IS ? AND how != 'answered' ORDER BY settled.at DESC LIMIT ?",
            [guild, MOST],
        )
        return [Settled(*row) for row in rows]

    def pointed(self, gap: int, guild: int | None) -> list[OpenQuestion]:
        """The questions of a gap that somebody pointed at a document for."""
        rows = self._rows(
            "SELECT asked.id, question, asked.at, FALSE, channel, message FROM settled "
            "JOIN asked ON asked.id = settled.asked "
            "LEFT JOIN shown_answers AS shown ON shown.asked = asked.id "
            "WHERE gap = ? AND guild IS ? AND how = 'pointed' ORDER BY asked.at DESC",
            [gap, guild],
        )
        return [OpenQuestion(*row) for row in rows]

    # Who wants to be told

    def wait(
        self, id: int, guild: int | None, member: int, channel: int | None, message: int | None
    ) -> bool:
        """Record that a member wants to be told of an answer, or of another after they were told of
        one; False if it was so already, or the question is no longer on record."""
        changed = self._change(
            "INSERT INTO waiting SELECT id, ?, ?, ?, 0 FROM asked WHERE id = ? AND guild IS ? "
            "ON CONFLICT (asked, member) DO UPDATE SET channel = excluded.channel, "
            "message = excluded.message, told = 0 WHERE told",
            [member, channel, message, id, guild],
        )
        return changed > 0

    def stop_waiting(self, id: int, member: int) -> None:
        """Record that a member doesn't want to be told any more."""
        self._change("DELETE FROM waiting WHERE asked = ? AND member = ?", [id, member])

    def is_waiting(self, id: int, member: int) -> bool:
        """Tell whether a member wants to be told of an answer."""
        query = "SELECT 1 FROM waiting WHERE asked = ? AND member = ?"
        return bool(self._rows(query, [id, member]))

    def take_waiting(self, ids: Sequence[int], guild: int | None) -> list[Waiting]:
        """Those who want to be told about questions of a server: each is returned once."""
        found = list[Waiting]()
        for id in ids:
            rows = self._rows(
                "SELECT waiting.asked, question, member, channel, message FROM waiting "
                "JOIN asked ON asked.id = waiting.asked "
                "WHERE waiting.asked = ? AND guild IS ? AND NOT told",
                [id, guild],
            )
            for row in rows:
                marked = "UPDATE waiting SET told = 1 WHERE asked = ? AND member = ? AND NOT told"
                found += [Waiting(*row)] if self._change(marked, [row[0], row[2]]) else []
        return found

    # SQL

    def _rows(self, query: str, values: Sequence[Any]) -> list[Any]:
        with self._using():
            return self._connection.execute(query, values).fetchall()

    def _change(self, query: str, values: Sequence[Any]) -> int:
        with self._using():
            return self._connection.execute(query, values).rowcount
