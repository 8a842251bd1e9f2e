"""The record of proposed answers, which wait until a moderator takes, edits or declines them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from bot.discord.language.translation import N_
from bot.discord.records.activity_file import ActivityTables

# The name of the record in errors.
QUEUE = N_("proposed answers")
COLUMNS = "server, channel, thread, message, member, how, asked, id"

# By the menu of a message, by the tag of what is solved, or by a helper who replied.
How = Literal["menu", "tag", "reply"]
State = Literal["waiting", "taken", "declined"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A message that is proposed as an answer; `member` proposed it, 0 stands for a tag.

    `asked` is the question that a helper's reply is for. What was typed into a form stands in no
    message: `message` is then the question's number, too.
    """

    server: int
    channel: int
    thread: int
    message: int
    member: int
    how: How
    asked: int | None = None
    id: int = 0


class AnswerQueue(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = QUEUE

    def propose(self, proposal: Proposal) -> bool:
        """Put a proposal into the queue; False where it was there already, whatever became of it.

        A helper's later reply to the same question takes the place of the earlier one.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if proposal.asked is not None:
            self._change(
                "DELETE FROM answer_queue WHERE asked = ? AND server = ? AND state = 'waiting'",
                [proposal.asked, proposal.server],
            )
        values = (
            *(proposal.server, proposal.channel, proposal.thread, proposal.message),
            *(proposal.member, proposal.how, proposal.asked, "waiting", now),
        )
        return bool(
            self._change(
                "INSERT OR IGNORE INTO answer_queue "
                "(server, channel, thread, message, member, how, asked, state, at) "
                f"VALUES ({', '.join('?' * len(values))})",
                values,
            )
        )

    def waiting(self, server: int) -> list[Proposal]:
        """The proposals of a server that wait, the oldest first."""
        return self._find("server = ? AND state = 'waiting' ORDER BY id", [server])

    def find(self, id: int, server: int) -> Proposal | None:
        """A proposal that waits in a server."""
        where = "id = ? AND server = ? AND state = 'waiting'"
        return next(iter(self._find(where, [id, server])), None)

    def settle(self, id: int, state: State) -> bool:
        """Take or decline a proposal; False where somebody else did so before."""
        return bool(
            self._change(
                "UPDATE answer_queue SET state = ? WHERE id = ? AND state = 'waiting'", [state, id]
            )
        )

    def settle_reply(self, asked: int, server: int, state: State) -> None:
        """Take or decline a helper's reply to a question."""
        self._change(
            "UPDATE answer_queue SET state = ? WHERE asked = ? AND server = ? "
            "AND state = 'waiting'",
            [state, asked, server],
        )

    def drop(self, messages: Sequence[int]) -> None:
        """Forget proposals whose messages are gone."""
        marks = ", ".join("?" * len(messages))
        self._change(f"DELETE FROM answer_queue WHERE message IN ({marks})", messages)

    def drop_in(self, thread: int) -> None:
        """Forget the proposals of a thread or a channel that is gone."""
        self._change("DELETE FROM answer_queue WHERE ? IN (thread, channel)", [thread])

    def _find(self, where: str, values: Sequence[Any]) -> list[Proposal]:
        with self._using():
            rows = self._connection.execute(
                f"SELECT {COLUMNS} FROM answer_queue WHERE {where}", values
            ).fetchall()
        return [Proposal(*row) for row in rows]

    def _change(self, query: str, values: Sequence[Any]) -> int:
        with self._using():
            return self._connection.execute(query, values).rowcount
