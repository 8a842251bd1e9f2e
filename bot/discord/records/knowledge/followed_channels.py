"""The record of the channels that documents are taken from, and how far each was read."""

from dataclasses import astuple, dataclass
from typing import Any, Literal

from bot.discord.language.translation import N_
from bot.discord.records.activity_file import ActivityTables

# The name of the record in errors.
FOLLOWED = N_("channels that are followed")
COLUMNS = (
    "channel, server, name, take, collection, added_by, added_in, added_at, cursor, read, whole"
)

# What is taken of what members solved: what staff marked, or all that is marked.
Take = Literal["chosen", "all"]


@dataclass(frozen=True, slots=True)
class FollowedChannel:
    """A channel or forum that documents are taken from.

    `cursor` is how far its history has been read, and `read` how many threads and messages that
    were; it is `whole` once there is no more of it. `added_by` is the member who added it, in the
    channel `added_in`, or None from the shell.
    """

    channel: int
    server: int
    name: str
    take: Take
    collection: str
    added_by: int | None
    added_in: int | None
    added_at: str
    cursor: str = ""
    read: int = 0
    whole: bool = False


class FollowedChannels(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = FOLLOWED

    def follow(self, channel: FollowedChannel) -> None:
        """Follow a channel, or follow it in another way, its history read anew."""
        with self._using():
            self._connection.execute(
                f"INSERT OR REPLACE INTO followed_channels ({COLUMNS}) "
                f"VALUES ({', '.join('?' * len(astuple(channel)))})",
                astuple(channel),
            )

    def advance(self, channel: int, cursor: str | None, read: int, whole: bool = False) -> None:
        """Note how far a channel's history has been read (None: as far as before), and that so
        many more were read."""
        with self._using():
            self._connection.execute(
                "UPDATE followed_channels SET cursor = coalesce(?, cursor), read = read + ?, "
                "whole = whole OR ? "
                "WHERE channel = ?",
                [cursor, read, whole, channel],
            )

    def unfollow(self, channel: int) -> None:
        """Follow a channel no more."""
        with self._using():
            self._connection.execute("DELETE FROM followed_channels WHERE channel = ?", [channel])

    def of(self, channel: int | None) -> FollowedChannel | None:
        """The channel, if it is followed."""
        return next(iter(self._find("channel = ?", [channel])), None)

    def in_server(self, server: int) -> list[FollowedChannel]:
        """The channels of a server that are followed, in the order in which they were added."""
        return self._find("server = ?", [server])

    def all(self) -> list[FollowedChannel]:
        """All channels that are followed."""
        return self._find("TRUE", [])

    def _find(self, where: str, values: list[Any]) -> list[FollowedChannel]:
        with self._using():
            rows = self._connection.execute(
                f"SELECT {COLUMNS} FROM followed_channels WHERE {where} ORDER BY added_at, channel",
                values,
            ).fetchall()
        return [FollowedChannel(*(*row[:-1], bool(row[-1]))) for row in rows]
