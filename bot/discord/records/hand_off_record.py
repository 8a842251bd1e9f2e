"""The record of questions that were handed to people: each once, and what they replied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.discord.language.translation import N_

from .activity_file import ActivityTables

# The name of the record in errors.
HAND_OFFS = N_("questions handed to people")
COLUMNS = (
    "hand_offs.asked, guild, question, member, channel, message, helper_channel, post, helper, "
    "name, reply, link"
)

# Those of a server that were begun for a member since a moment.
BEGUN = (
    "FROM hand_offs JOIN asked ON asked.id = hand_offs.asked "
    "WHERE guild = ? AND member = ? AND hand_offs.at > ?"
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The most questions that a member may hand over, counted from a moment on."""

    since: datetime
    most: int


@dataclass(frozen=True, slots=True)
class HandOff:
    """A question that `member` wanted a person for, and where the answer goes: a message of a
    channel, or directly to them (None).

    `post` is the message in the helpers' channel, None until it stands there; `helper` is who
    replied, `name` what they are called, `link` the address of their message, if it is one.
    """

    asked: int
    guild: int
    question: str
    member: int
    channel: int | None = None
    message: int | None = None
    helper_channel: int | None = None
    post: int | None = None
    helper: int | None = None
    name: str | None = None
    reply: str | None = None
    link: str | None = None


class HandOffRecord(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = HAND_OFFS

    def begin(
        self,
        id: int,
        guild: int,
        member: int,
        channel: int | None,
        message: int | None,
        allowed: Allowed | None = None,
    ) -> bool:
        """Record that a question is about to be handed over; False if it was so before, is no
        longer on record, or is one more than is allowed: of several at once no more pass."""
        since, most = (allowed.since, allowed.most) if allowed else (datetime.now(UTC), 1)
        return bool(
            self._change(
                "INSERT OR IGNORE INTO hand_offs (asked, member, channel, message, at) "
                "SELECT id, ?, ?, ?, ? FROM asked WHERE id = ? AND guild IS ? "
                f"AND (SELECT count(*) {BEGUN}) < ?",
                [
                    *(member, channel, message, datetime.now(UTC).isoformat(), id, guild),
                    *(guild, member, since.isoformat(), most),
                ],
            )
        )

    def begun_since(self, since: datetime, guild: int, member: int) -> list[datetime]:
        """The times at which questions of a server were handed over for a member, the oldest
        first."""
        rows = self._rows(
            f"SELECT hand_offs.at {BEGUN} ORDER BY hand_offs.at",
            [guild, member, since.isoformat()],
        )
        return [datetime.fromisoformat(at) for (at,) in rows]

    def posted(self, id: int, helper_channel: int, post: int) -> None:
        """Record where a question stands for the helpers."""
        self._change(
            "UPDATE hand_offs SET helper_channel = ?, post = ? WHERE asked = ?",
            [helper_channel, post, id],
        )

    def undo(self, id: int) -> None:
        """Forget a hand-over that Discord refused: it may be tried again."""
        self._change("DELETE FROM hand_offs WHERE asked = ? AND post IS NULL", [id])

    def find(self, id: int, guild: int) -> HandOff | None:
        """The hand-over of a question of a server, if there is one."""
        return self._one("hand_offs.asked = ? AND guild = ?", [id, guild])

    def by_post(self, post: int, guild: int) -> HandOff | None:
        """The hand-over that stands in a message of a server, if there is one."""
        return self._one("post = ? AND guild = ?", [post, guild])

    def reply(self, id: int, helper: int, name: str, text: str, link: str) -> None:
        """Record a helper's reply, in place of an earlier one."""
        self._change(
            "UPDATE hand_offs SET helper = ?, name = ?, reply = ?, link = ? WHERE asked = ?",
            [helper, name, text, link, id],
        )

    def replied_in(self, channel: int, guild: int) -> bool:
        """Tell whether a helper has replied to what was asked in a channel of a server."""
        rows = self._rows(
            "SELECT 1 FROM hand_offs JOIN asked ON asked.id = hand_offs.asked "
            "WHERE channel = ? AND guild = ? AND reply IS NOT NULL LIMIT 1",
            [channel, guild],
        )
        return bool(rows)

    def to_keep(self, guild: int) -> list[HandOff]:
        """A server's questions that helpers replied to, and nobody kept the answers of yet, the
        newest first."""
        rows = self._rows(
            f"SELECT {COLUMNS} FROM hand_offs JOIN asked ON asked.id = hand_offs.asked "
            "WHERE guild = ? AND reply IS NOT NULL "
            "AND hand_offs.asked NOT IN (SELECT asked FROM settled) ORDER BY hand_offs.at DESC",
            [guild],
        )
        return [HandOff(*row) for row in rows]

    def _one(self, where: str, values: Sequence[Any]) -> HandOff | None:
        rows = self._rows(
            f"SELECT {COLUMNS} FROM hand_offs JOIN asked ON asked.id = hand_offs.asked "
            f"WHERE {where}",
            values,
        )
        return HandOff(*rows[0]) if rows else None

    def _rows(self, query: str, values: Sequence[Any]) -> list[Any]:
        with self._using():
            return self._connection.execute(query, values).fetchall()

    def _change(self, query: str, values: Sequence[Any]) -> int:
        with self._using():
            return self._connection.execute(query, values).rowcount
