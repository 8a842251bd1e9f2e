"""The settings of each server: where the bot answers unasked, how sure it must be, and the manners
that it keeps there."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, Self

from bot.discord.language.translation import N_

from .activity_file import ActivityTables

# The name of the record in errors.
SETTINGS = N_("server settings")

# In a forum or channel: never, unasked where it is sure (and when mentioned), only when mentioned.
Mode = Literal["off", "sure", "mention"]


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """The choice for a forum or channel; without a `sureness` the server's holds there."""

    mode: Mode = "mention"
    sureness: float | None = None


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's settings. As they come, nothing is answered unasked.

    `sureness` is the confidence that an answer nobody asked for takes; `pause` the seconds in which
    people can be first; `cooldown` those between two such answers in a channel, and `hourly_cap`
    how many of them the whole server gets in an hour; `daily_hand_offs` the questions that one
    member may have handed to the helpers in a day. `quiet_hours` begin and end at an hour of UTC.
    `solved` is the tag of a forum that marks what is done with. What members with the
    `trusted_role` mark, or reply as helpers, needs no moderator to become an answer; with
    `similar_posts` new posts of watched forums are told of solved ones like them. `language` is
    that of what everybody sees, "" for the one that Discord says.
    """

    server: int
    channels: Mapping[int, ChannelSettings] = field(default_factory=dict)
    sureness: float = 0.85
    helper_role: int | None = None
    helper_channel: int | None = None
    quiet_hours: tuple[int, int] | None = None
    digest: bool = False
    pause: float = 60.0
    cooldown: float = 30.0
    hourly_cap: int = 20
    daily_hand_offs: int = 5
    answer_in_thread: bool = False
    solved: str = "solved"
    trusted_role: int | None = None
    similar_posts: bool = False
    language: str = ""

    def channel(self, id: int | None) -> ChannelSettings:
        """The setting that holds in a channel, chosen or not."""
        return self.channels.get(id or 0, ChannelSettings())

    def sureness_in(self, id: int | None) -> float:
        """The confidence that an answer nobody asked for takes in a channel."""
        own = self.channel(id).sureness
        return self.sureness if own is None else own

    def is_quiet(self, hour: int) -> bool:
        """Tell whether an hour of UTC is one of the quiet ones, which may go past midnight."""
        if self.quiet_hours is None:
            return False
        begin, end = self.quiet_hours
        return begin <= hour < end if begin < end else hour >= begin or hour < end

    @classmethod
    def read(cls, server: int, chosen: Mapping[str, Any]) -> Self:
        """The settings in which `form` wrote down what was chosen; what isn't known is left out."""
        known = {each.name for each in fields(cls)} - {"server"}
        values = {name: value for name, value in chosen.items() if name in known}
        if values.get("quiet_hours"):
            begin, end = values["quiet_hours"]
            values["quiet_hours"] = (begin, end)
        own = values.get("channels", {})
        values["channels"] = {int(id): ChannelSettings(**each) for id, each in own.items()}
        return cls(server, **values)

    def form(self) -> dict[str, Any]:
        """The choices, without what is as it comes: that may come otherwise some day."""
        usual, own = asdict(type(self)(self.server)), asdict(self)
        chosen = {name: value for name, value in own.items() if value != usual[name]}
        if self.channels:
            chosen["channels"] = {str(id): asdict(each) for id, each in self.channels.items()}
        return chosen


class SettingsRecord(ActivityTables):
    """The settings of all servers, in the home's `activity.db`. Any thread may use it.

    Its methods raise RecordError where the file can't be read or written.
    """

    what = SETTINGS

    def of(self, server: int) -> ServerSettings:
        """A server's settings; those that come with Footnote where it chose none."""
        with self._using():
            row = self._connection.execute(
                "SELECT settings FROM server_settings WHERE server = ?", [server]
            ).fetchone()
        return ServerSettings.read(server, json.loads(row[0]) if row else {})

    def save(self, settings: ServerSettings) -> None:
        """Put a server's settings in place of those it had."""
        with self._using():
            self._connection.execute(
                "INSERT OR REPLACE INTO server_settings VALUES (?, ?)",
                [settings.server, json.dumps(settings.form())],
            )

    def servers(self) -> list[int]:
        """The servers that chose something, by their numbers."""
        with self._using():
            rows = self._connection.execute(
                "SELECT server FROM server_settings ORDER BY server"
            ).fetchall()
        return [server for (server,) in rows]
