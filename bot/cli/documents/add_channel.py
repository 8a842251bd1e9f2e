"""Channels of Discord as sources: `footnote add discord:SERVER/CHANNEL`, done by the bot that runs
on the home, as it alone may look into Discord."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.cli.context import RunningBot
from bot.output.terminal import Terminal
from bot.output.text import printable
from retrieval.errors import FootnoteError

if TYPE_CHECKING:
    from bot.discord.startup.client import Footnote

SCHEME = "discord:"
CHANNEL = re.compile(rf"{SCHEME}(?P<server>\d{{1,20}})/(?P<channel>\d{{1,20}})")
NOT_ONE = (
    "{name} is no channel. Write discord:SERVER/CHANNEL with the numbers that Discord shows with "
    "*Copy Server ID* and *Copy Channel ID*."
)
NO_BOT = "Channels are read by the bot: start it with `footnote run`, and add the channel again."
NOT_THERE = "The bot sees no channel {channel} in a server {server}."
# Seconds in which Discord has to say what the channel is.
PATIENCE = 60


class Take(StrEnum):
    """Of what is solved in a channel: what staff chose, or all."""

    CHOSEN = "chosen"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Followed:
    """A channel that is followed now; Discord's numbers are strings, which JSON rounds not. The
    collection is "" where everybody may read what it gives."""

    server: str
    channel: str
    name: str
    take: str
    collection: str


def split_off(names: Sequence[str]) -> tuple[list[tuple[int, int]], list[str]]:
    """The channels among the names of sources, each as its server and its own number, and the
    other names. Raises FootnoteError for what is meant to be a channel and is none."""
    channels, others = list[tuple[int, int]](), list[str]()
    for name in names:
        if not name.startswith(SCHEME):
            others.append(name)
        elif (match := CHANNEL.fullmatch(name)) is None:
            raise FootnoteError(NOT_ONE.format(name=name))
        else:
            channels.append((int(match["server"]), int(match["channel"])))
    return channels, others


def follow_all(
    running: RunningBot | None,
    channels: Sequence[tuple[int, int]],
    take: Take,
    collection: str | None,
) -> list[Followed]:
    """Have the bot follow some channels, for a collection of their server's. Raises FootnoteError
    where there is no bot, or it can't take anything from one of them."""
    client = running.client if running is not None else None
    if client is None or not client.is_ready():
        raise FootnoteError(NO_BOT)
    found: list[Followed] = []
    for server, channel in channels:
        work = _follow(client, server, channel, take, collection)
        waiting = asyncio.run_coroutine_threadsafe(work, client.loop)
        found.append(waiting.result(PATIENCE))
    return found


async def _follow(
    client: "Footnote", server: int, channel: int, take: Take, collection: str | None
) -> Followed:
    from bot.discord.knowledge.follow import Follow
    from bot.discord.knowledge.open_channel import by_name

    guild = client.get_guild(server)
    found = guild.get_channel(channel) if guild is not None else None
    follow: Any = client.get_cog(Follow.__name__)
    if found is None or follow is None:
        raise FootnoteError(NOT_THERE.format(channel=channel, server=server))
    store = await _store_of(client, server, collection)
    try:
        await follow.follow(found, take.value, None, None, store)
    except FootnoteError as why:
        raise by_name(why, found.name) from why
    name = collection if store else ""
    return Followed(str(server), str(channel), found.name, take.value, name or "")


async def _store_of(client: "Footnote", server: int, collection: str | None) -> str:
    """The store of a collection of a server's; "" for what everybody may read. Raises FootnoteError
    where there is none: a new one would be read by nobody."""
    from bot.discord.services.libraries import library_of

    libraries, name = client.services.libraries, library_of(server)
    known = libraries.library.collections
    store = await libraries.errand(lambda: known.store_called(collection, name))
    return "" if store == name else store


def tell_followed(terminal: Terminal, followed: Sequence[Followed], json: bool) -> None:
    """Say which channels are followed now."""
    if json:
        terminal.print_json({"following": [asdict(one) for one in followed]})
        return
    for one in followed:
        where = f"  into “{printable(one.collection)}”" if one.collection else ""
        terminal.tell(f"following  {one.channel}  #{printable(one.name)}{where}")
