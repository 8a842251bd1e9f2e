"""The record of posts and questions that the bot may answer unasked: each is answered once at most.

It outlives a restart. Rows older than `KEPT_DAYS` are dropped when it is opened.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from bot.discord.language.translation import N_
from retrieval.store.files.record_file import credible_now

from .activity_file import ActivityTables
from .server_settings import ServerSettings

KEPT_DAYS = 90
# The name of the record in errors.
WATCHED = N_("watched posts")
HOUR = timedelta(hours=1)

State = Literal["waiting", "answering", "answered", "let be"]


@dataclass(frozen=True, slots=True)
class WatchedPost:
    """A forum post, or a question in a channel, by the message that it begins with.

    `channel` is the forum or the channel; `thread` the post itself, or the thread that the question
    is answered in, if any.
    """

    id: int
    server: int
    channel: int
    asker: int
    at: datetime
    thread: int | None = None
    state: State = "waiting"
    why: str = ""

    @property
    def in_forum(self) -> bool:
        """Tell whether it is a forum post: that has the number of its thread."""
        return self.thread == self.id


class WatchedPosts(ActivityTables):
    """The record. Any thread may use it; one process at a time, by the home's lock.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = WATCHED

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises FootnoteError if it can't."""
        super().__init__(path)
        with self._using():
            latest = "SELECT max(at) FROM watched_posts"
            now = credible_now(self._connection, latest, datetime.now(UTC))
            oldest = now - timedelta(days=KEPT_DAYS)
            self._connection.execute("DELETE FROM watched_posts WHERE at < ?", [_text(oldest)])

    def add(self, post: WatchedPost) -> bool:
        """Put a post on record; False if it was there already."""
        with self._using():
            added = self._connection.execute(
                "INSERT OR IGNORE INTO watched_posts VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                [
                    post.id,
                    post.server,
                    post.channel,
                    post.asker,
                    _text(post.at),
                    post.state,
                    post.why,
                    post.thread,
                ],
            )
            return added.rowcount > 0

    def unfinished(self) -> list[WatchedPost]:
        """The posts that are waited for, and those whose answer was cut short, the oldest first."""
        return self._find("state IN ('waiting', 'answering') ORDER BY id", [])

    def of_thread(self, thread: int) -> WatchedPost | None:
        """The post that a thread is, or that is answered in it; None for any other thread."""
        return next(iter(self._find("thread = ?", [thread])), None)

    def of(self, id: int) -> WatchedPost | None:
        """The post with a number, if it is on record."""
        return next(iter(self._find("id = ?", [id])), None)

    def claim(self, post: WatchedPost, settings: ServerSettings, now: datetime) -> float | None:
        """Take a post to be answered now: 0, or the seconds for which the channel must cool down.

        None where it is taken already, let be, or the server has had its answers for this hour.
        """
        with self._using():
            begun = self._connection.execute(
                "SELECT channel, answered FROM watched_posts "
                "WHERE server = ? AND answered > ? AND id != ?",
                [
                    post.server,
                    _text(now - max(HOUR, timedelta(seconds=settings.cooldown))),
                    post.id,
                ],
            ).fetchall()
            times = [(channel, datetime.fromisoformat(at)) for channel, at in begun]
            if sum(at > now - HOUR for _, at in times) >= settings.hourly_cap:
                return None
            last = max((at for channel, at in times if channel == post.channel), default=None)
            if last is not None:
                left = settings.cooldown - (now - last).total_seconds()
                if left > 0:
                    return left
            taken = self._connection.execute(
                "UPDATE watched_posts SET state = 'answering', answered = ? "
                "WHERE id = ? AND state IN ('waiting', 'answering')",
                [_text(now), post.id],
            )
            return 0.0 if taken.rowcount else None

    def answered(self, post: WatchedPost, thread: int | None) -> None:
        """Note that a post was answered, and in which thread."""
        self._finish(post, "answered", "", thread)

    def let_be(self, post: WatchedPost, why: str) -> None:
        """Note that a post is not answered; it doesn't count as an answer then."""
        self._finish(post, "let be", why, post.thread)
        with self._using():
            self._connection.execute(
                "UPDATE watched_posts SET answered = NULL WHERE id = ?", [post.id]
            )

    def _finish(self, post: WatchedPost, state: State, why: str, thread: int | None) -> None:
        with self._using():
            self._connection.execute(
                "UPDATE watched_posts SET state = ?, why = ?, thread = ? WHERE id = ?",
                [state, why, thread, post.id],
            )

    def _find(self, where: str, values: list[Any]) -> list[WatchedPost]:
        columns = "id, server, channel, asker, at, thread, state, why"
        with self._using():
            rows = self._connection.execute(
                f"SELECT {columns} FROM watched_posts WHERE {where}", values
            ).fetchall()
        return [
            WatchedPost(id, server, channel, asker, datetime.fromisoformat(at), *rest)
            for id, server, channel, asker, at, *rest in rows
        ]


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
