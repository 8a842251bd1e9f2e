"""The message at startup: the bot's name, its servers, and all that is indexed for them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import discord

from bot.discord.services.libraries import library_of
from bot.output.text import many
from bot.shards import Shards
from retrieval.library import Library
from retrieval.store.inventory import Size
from retrieval.types import COMMON

from .client import Footnote
from .portal import lacking

# More servers than this are only counted.
NAMED = 20
FOLLOWING = (
    "Direct messages are answered, and commands registered, by the process that runs shard 0."
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that the bot is in: its library, and the permissions that the bot lacks there."""

    id: int
    name: str
    documents: int
    passages: int
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Greeting:
    """The bot's name, shards and servers, the documents indexed, and the model for finding."""

    name: str
    shards: int
    shard_ids: tuple[int, ...]
    servers: tuple[Server, ...]
    unnamed: int
    documents: int
    passages: int
    model: str
    message_content: bool
    invitation: str

    def form(self) -> dict[str, Any]:
        """The greeting of `run --json`."""
        return {"event": "connected", **asdict(self)}

    def lines(self) -> Iterator[str]:
        """The greeting for people."""
        count = len(self.servers) + self.unnamed
        here = Shards(self.shard_ids, self.shards)
        yield (
            f"Connected to Discord as {self.name}, in {many(count, 'server')}, "
            f"on {many(self.shards, 'shard') if here.all else here}."
        )
        if not here.leading:
            yield FOLLOWING
        for server in self.servers:
            yield f"  {server.name}: {_indexed(server.documents, server.passages)}"
        if self.unnamed:
            yield f"  and {self.unnamed:,} more"
        yield f"Everywhere (the library {COMMON}): {_indexed(self.documents, self.passages)}"
        yield f"Answers are quotes, found with {self.model}."
        if not self.message_content:
            yield "Message content is not granted: in threads, too, members have to mention me."
        if here.all and not count:
            yield f"I am in no server yet. Invite me: {self.invitation}"

    def warnings(self) -> Iterator[str]:
        """The permissions to be granted in Discord, a sentence a server."""
        for server in self.servers:
            if server.lacking:
                yield (
                    f"In {server.name} I lack {', '.join(server.lacking)}. Allow it in Server "
                    f"Settings → Roles → {self.name}, or invite me again: {self.invitation}"
                )


def greet(bot: Footnote, library: Library) -> Greeting:
    """Make the greeting of a bot that is ready. Raises FootnoteError if a library can't be read."""
    named = sorted(bot.guilds, key=lambda guild: guild.name)[:NAMED]
    common = library.size(COMMON)
    return Greeting(
        name=bot.user.name if bot.user else "",
        shards=bot.shards_here.count,
        shard_ids=bot.shards_here.ids,
        servers=tuple(_server(guild, library) for guild in named),
        unnamed=len(bot.guilds) - len(named),
        documents=common.documents,
        passages=common.passages,
        model=library.embedder.identity,
        message_content=bot.intents.message_content,
        invitation=bot.invitation(),
    )


def _server(guild: discord.Guild, library: Library) -> Server:
    name = library_of(guild.id)
    own = library.size(name) if library.has(name) else Size()
    return Server(
        guild.id, guild.name or str(guild.id), own.documents, own.passages, tuple(lacking(guild))
    )


def _indexed(documents: int, passages: int) -> str:
    return f"{many(documents, 'document')}, {many(passages, 'passage')}"
