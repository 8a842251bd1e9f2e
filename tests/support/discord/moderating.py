"""Act as a moderator of a server, and look into its library."""

from collections.abc import Iterable
from typing import Any

import simcord

from bot.discord.services.libraries import library_of
from bot.discord.startup.client import Footnote
from retrieval.errors import FootnoteError
from retrieval.reading.source import Source
from retrieval.types import DocumentInfo
from tests.support.discord.world import World
from tests.support.homes import put

from .acting import shown

File = tuple[str, bytes]
POOL_TEXT = "Pool rules\n\nThe pool is closed on Mondays."
POOL: File = ("pool.md", b"# Pool rules\n\nThe pool is closed on Mondays.")


def bot_of(env: simcord.Env) -> Footnote:
    """The client as it is now."""
    assert isinstance(env.bot, Footnote)
    return env.bot


async def call(world: World, command: str, **options: Any) -> simcord.InteractionResult:
    """Call a command of `/documents`, as whoever may."""
    return await world.moderator.slash(world.channel, f"documents {command}", **options)


async def told(world: World, command: str, **options: Any) -> str:
    """The response to a command of `/documents`, shown to the caller and to nobody else."""
    result = await call(world, command, **options)
    assert result.ephemeral
    return shown(result).content


def refusal(world: World, result: simcord.InteractionResult) -> str:
    """The sentence that says to one person alone why nothing came of it."""
    simcord.assert_error(world.env, FootnoteError)
    return sentence(result)


def sentence(result: simcord.InteractionResult) -> str:
    """The one sentence or two that one person alone is told."""
    *_, said = [message for message in (result.response, *result.followups) if message]
    assert said.ephemeral
    assert said.content.endswith(".")
    assert "\n" not in said.content
    return said.content


def documents(world: World, guild: simcord.GuildHandle | None = None) -> list[DocumentInfo]:
    """A server's own documents, the oldest first."""
    library, name = world.services.libraries.library, library_of((guild or world.guild).id)
    return library.documents(name) if library.has(name) else []


def contents(world: World, guild: simcord.GuildHandle | None = None) -> dict[str, str]:
    """A server's own documents: the text of each, by its title."""
    library, name = world.services.libraries.library, library_of((guild or world.guild).id)
    return {d.title: library.text(d.id, name) for d in documents(world, guild)}


def stock(
    world: World, sources: Iterable[Source], guild: simcord.GuildHandle | None = None
) -> list[DocumentInfo]:
    """Put documents into a server's library; return all that are there."""
    put(world.services.libraries.library, sources, library_of((guild or world.guild).id))
    return documents(world, guild)
