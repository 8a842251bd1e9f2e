"""The record of questions, answers and votes, in one SQLite file of the home.

Buttons go by it after a restart, and it tells an operator how the answers are liked. Rows older
than `KEPT_DAYS` are dropped when it is opened.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.discord.language.translation import N_
from retrieval.store.files.record_file import credible_now
from retrieval.types import Answer

from .activity_file import ActivityTables

KEPT_DAYS = 90
# Tells whether somebody asked who opted out.
OPTED_OUT = "SELECT 1 FROM askers WHERE asked = ? AND member = 0"
# The name of the record in errors.
QUESTIONS = N_("questions")


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in a document: a footnote of an answer, or a passage that came nearest (number 0).

    `document` is the version that the offsets point into: of one that says something else by now,
    nothing is shown.
    """

    number: int
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or a query on record; `guild` is None for direct messages."""

    id: int
    guild: int | None
    question: str
    cited: tuple[Cited, ...] = ()
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Votes:
    """The numbers of members who found an answer good, and bad."""

    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of all that is on record."""

    questions: int
    abstained: int
    up: int
    down: int


class QuestionLog(ActivityTables):
    """The record. Any thread may use it; one process at a time, by the home's lock.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = QUESTIONS

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises FootnoteError if it can't."""
        super().__init__(path)
        with self._using():
            now = credible_now(self._connection, "SELECT max(at) FROM asked", datetime.now(UTC))
            oldest = now - timedelta(days=KEPT_DAYS)
            self._connection.execute("DELETE FROM asked WHERE at < ?", [oldest.isoformat()])

    def record_answer(self, id: int, guild: int | None, answer: Answer) -> None:
        """Record a question with its answer's citations, under the id that its buttons carry."""
        cited = [Cited(c.number, c.version, c.start, c.end) for c in answer.citations]
        cited += [Cited(0, p.version, p.start, p.end) for p in answer.nearest]
        packed = json.dumps([asdict(place) for place in cited])
        self._put(id, guild, "question", answer.question, answer.answered, packed)

    def record_query(self, id: int, guild: int | None, query: str) -> None:
        """Record a query, whose pages may be turned later."""
        self._put(id, guild, "query", query, None, "[]")

    def _put(
        self, id: int, guild: int | None, kind: str, text: str, answered: bool | None, cited: str
    ) -> None:
        with self._using():
            if self._connection.execute(OPTED_OUT, [id]).fetchone():
                # The buttons work, and no word of it is kept nor counted.
                kind, text = "query", ""
            self._connection.execute(
                "INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?, ?, ?, ?)",
                [id, guild, datetime.now(UTC).isoformat(), kind, text, answered, cited],
            )

    def find(self, id: int, guild: int | None) -> Asked | None:
        """The question or query under an id in that server, if it is still on record."""
        with self._using():
            row = self._connection.execute(
                "SELECT question, cited, answered FROM asked WHERE id = ? AND guild IS ?",
                [id, guild],
            ).fetchone()
        if row is None:
            return None
        cited = tuple(Cited(**place) for place in json.loads(row[1]))
        return Asked(id, guild, row[0], cited, row[2] != 0)

    def vote(self, id: int, guild: int | None, member: int, up: bool) -> Votes | None:
        """Count a member's vote on an answer given in that server, in place of the one before.

        None if there is no such answer on record.
        """
        with self._using():
            counted = self._connection.execute(
                "INSERT OR REPLACE INTO votes SELECT id, ?, ? FROM asked "
                "WHERE id = ? AND guild IS ?",
                [member, up, id, guild],
            )
            if not counted.rowcount:
                return None
            return Votes(*self._count("SELECT up, count(*) FROM votes WHERE asked = ?", [id]))

    def liked(self, most: int) -> list[tuple[str, int | None]]:
        """The questions whose answers more members found good than bad, each with its server, the
        newest first."""
        with self._using():
            rows = self._connection.execute(
                "SELECT question, guild FROM asked JOIN votes ON votes.asked = asked.id "
                "WHERE kind = 'question' AND answered GROUP BY question, guild "
                "HAVING sum(up) > sum(NOT up) ORDER BY max(at) DESC LIMIT ?",
                [most],
            ).fetchall()
        return [(question, guild) for question, guild in rows]

    def totals(self) -> Totals:
        """Count the questions, the abstentions and the votes."""
        with self._using():
            (questions, abstained) = self._connection.execute(
                "SELECT count(*), coalesce(sum(NOT answered), 0) FROM asked WHERE kind = 'question'"
            ).fetchone()
            up, down = self._count("SELECT up, count(*) FROM votes", [])
        return Totals(questions, abstained, up, down)

    def _count(self, query: str, values: Sequence[int]) -> tuple[int, int]:
        rows = dict(self._connection.execute(f"{query} GROUP BY up", values).fetchall())
        return rows.get(1, 0), rows.get(0, 0)
