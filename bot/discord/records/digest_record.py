"""The record of the digests that servers were sent, and the week's figures for the next one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.discord.language.translation import N_

from .activity_file import ActivityTables

# The name of the record in errors.
DIGESTS = N_("digests")
WEEK = timedelta(days=7)
# Liked answers that are looked at: not all may be named everywhere.
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Liked:
    """A question whose answer was liked, and the channel where all could see it, if any."""

    question: str
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days of a server: questions, those answered, votes, and the questions whose
    answers were liked most."""

    asked: int
    answered: int
    up: int
    down: int
    liked: tuple[Liked, ...] = ()


class DigestRecord(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = DIGESTS

    def claim(self, guild: int, now: datetime) -> bool:
        """Take it on to send a server's digest: True once a week, for one caller.

        It is on record before anything is sent, so that no restart sends it twice.
        """
        with self._using():
            changed = self._connection.execute(
                "INSERT INTO digests VALUES (?, ?) ON CONFLICT (guild) DO UPDATE SET at = "
                "excluded.at WHERE at <= ?",
                [guild, now.isoformat(), (now - WEEK).isoformat()],
            )
            return changed.rowcount > 0

    def week(self, guild: int, now: datetime) -> Week:
        """A server's figures of the seven days until now."""
        since = [guild, (now - WEEK).isoformat()]
        of_week = "kind = 'question' AND guild = ? AND at > ?"
        with self._using():
            asked, answered = self._connection.execute(
                f"SELECT count(*), coalesce(sum(answered), 0) FROM asked WHERE {of_week}", since
            ).fetchone()
            up, down = self._connection.execute(
                "SELECT coalesce(sum(up), 0), coalesce(sum(NOT up), 0) FROM votes "
                f"JOIN asked ON asked.id = votes.asked WHERE {of_week}",
                since,
            ).fetchone()
            liked = self._connection.execute(
                "SELECT question, max(channel) FROM asked JOIN votes ON votes.asked = asked.id "
                "LEFT JOIN shown_answers AS shown ON shown.asked = asked.id "
                f"WHERE answered AND {of_week} GROUP BY question, channel "
                "HAVING sum(up) > sum(NOT up) ORDER BY sum(up) DESC, max(at) DESC LIMIT ?",
                [*since, LOOKED_AT],
            ).fetchall()
        return Week(asked, answered, up, down, tuple(Liked(*row) for row in liked))
