"""The record of what became of answers: where they are shown, which one a question followed, and
why one did not help."""

from dataclasses import dataclass

from bot.discord.language.translation import N_

from .activity_file import ActivityTables

# The name of the record in errors.
ANSWERS = N_("answers")
# The questions before one that are looked up, and those that are looked through for a like one.
MOST_BEFORE, MOST_SHOWN = 10, 1000


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """A question that was answered in a channel for all to read, and how many liked the answer."""

    asked: int
    question: str
    channel: int
    message: int
    liked: int


class AnswerRecord(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = ANSWERS

    def record_place(self, asked: int, channel: int, message: int) -> None:
        """Record where the answer to a question is shown to all."""
        with self._using():
            self._connection.execute(
                "INSERT OR REPLACE INTO shown_answers VALUES (?, ?, ?)", [asked, channel, message]
            )

    def is_shown(self, asked: int) -> bool:
        """Tell whether the answer to a question is shown to all somewhere."""
        with self._using():
            query = "SELECT 1 FROM shown_answers WHERE asked = ?"
            return self._connection.execute(query, [asked]).fetchone() is not None

    def record_follow_up(self, asked: int, before: int) -> None:
        """Record that a question was asked on the answer to another."""
        with self._using():
            self._connection.execute(
                "INSERT OR REPLACE INTO follow_ups VALUES (?, ?)", [asked, before]
            )

    def questions_before(self, asked: int, guild: int | None) -> list[str]:
        """The questions that one in that server followed, the oldest first, itself left out."""
        with self._using():
            rows = self._connection.execute(
                "WITH RECURSIVE earlier (id, steps) AS ("
                " SELECT before, 1 FROM follow_ups WHERE asked = ? UNION"
                " SELECT before, steps + 1 FROM follow_ups JOIN earlier ON asked = id"
                " WHERE steps < ?) "
                "SELECT question FROM earlier JOIN asked USING (id) WHERE guild IS ? "
                "ORDER BY steps DESC",
                [asked, MOST_BEFORE, guild],
            ).fetchall()
        return [question for (question,) in rows]

    def shown(self, guild: int) -> list[ShownAnswer]:
        """The questions of a server that were answered for all to read, and not found bad by more
        members than found good; the newest first, each once."""
        with self._using():
            rows = self._connection.execute(
                "SELECT id, question, channel, message, liked FROM ("
                " SELECT id, question, channel, message, at,"
                "  (SELECT coalesce(sum(up), 0) FROM votes WHERE asked = id) AS liked,"
                "  (SELECT coalesce(sum(NOT up), 0) FROM votes WHERE asked = id) AS disliked"
                " FROM asked JOIN shown_answers ON asked = id"
                " WHERE guild = ? AND kind = 'question' AND answered)"
                "WHERE liked >= disliked ORDER BY at DESC LIMIT ?",
                [guild, MOST_SHOWN],
            ).fetchall()
        newest: dict[str, ShownAnswer] = {}
        for row in rows:
            newest.setdefault(" ".join(row[1].casefold().split()), ShownAnswer(*row))
        return list(newest.values())

    def record_reason(self, asked: int, guild: int | None, member: int, reason: str) -> bool:
        """Record why an answer given in that server did not help a member; false where it is no
        longer on record."""
        with self._using():
            recorded = self._connection.execute(
                "INSERT OR REPLACE INTO reasons SELECT id, ?, ? FROM asked "
                "WHERE id = ? AND guild IS ?",
                [member, reason, asked, guild],
            )
        return recorded.rowcount > 0

    def reasons(self, asked: int) -> list[str]:
        """Why an answer did not help, from those whose vote is against it."""
        with self._using():
            rows = self._connection.execute(
                "SELECT reason FROM reasons JOIN votes USING (asked, member) "
                "WHERE asked = ? AND NOT up ORDER BY member",
                [asked],
            ).fetchall()
        return [reason for (reason,) in rows]
