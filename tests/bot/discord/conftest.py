"""A Discord to play in: `simcord` runs the real client, on a real library in a home of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord
from simcord.backend import serializers

from bot.discord.activity import Activity
from bot.discord.client import Footnote, Options
from bot.discord.libraries import ServerLibraries
from bot.discord.limits import Limits
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from tests.support.homes import note, opened, put

if TYPE_CHECKING:
    from tests.support.discord.acting import Heard

FERRY = (
    "# The Skerry ferry\n\nThe ferry to Skerry leaves at nine in the morning. A ticket costs "
    "four crowns.\n\nThe ferry was run by Ivo Brand for ten summers. Ivo Brand was born in "
    "the port of Holm.\n"
)
LIGHTHOUSE = (
    "The lighthouse at Skerry Point was built in 1851. Its first keeper was Ada Lorne, and "
    "she kept the lamp for thirty years. Ada Lorne was born in the village of Tarn."
)
BREAD = (
    "Rye bread is baked for an hour at two hundred degrees. The dough rests overnight in a "
    "cold room."
)


@dataclass(frozen=True, slots=True)
class World:
    """A server with a channel, somebody who may manage it, and somebody who may not."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    alice: simcord.MemberActor
    moderator: simcord.MemberActor

    @property
    def bot(self) -> Footnote:
        """The client as it is now: after a restart, another one."""
        assert isinstance(self.env.bot, Footnote)
        return self.env.bot

    @property
    def mention(self) -> str:
        """How a member mentions the bot."""
        assert self.env.bot.user is not None
        return f"<@{self.env.bot.user.id}>"


@pytest.fixture(autouse=True)
def one_level(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord sends one message that a reply answers; simcord sends the whole chain of them."""
    real: Any = serializers.message_payload

    def payload(*arguments: Any, **options: Any) -> dict[str, Any]:
        whole: dict[str, Any] = real(*arguments, **options)
        parent = whole.get("referenced_message")
        if isinstance(parent, dict):
            parent.pop("referenced_message", None)
        return whole

    monkeypatch.setattr(serializers, "message_payload", payload)


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """A library that everybody may ask about a ferry, a lighthouse and bread."""
    with opened(tmp_path / "home", embedder) as library:
        put(
            library,
            [
                note("https://skerry.example/ferry.md", FERRY, "The Skerry ferry"),
                note("lighthouse.txt", LIGHTHOUSE, "Lighthouses"),
                note("bread.txt", BREAD, "Bread"),
            ],
        )
        yield library


@pytest.fixture
def libraries(library: Library) -> Iterator[ServerLibraries]:
    """The libraries at which Discord asks it."""
    activity = Activity(library.home.folder / "activity.db")
    libraries = ServerLibraries(library, activity)
    yield libraries
    libraries.close()
    activity.close()


@pytest.fixture
def options(request: pytest.FixtureRequest) -> Options:
    """What the operator chose: the defaults, or what a test's mark `options` says."""
    marker = request.node.get_closest_marker("options")
    return Options(**(marker.kwargs if marker else {}))


@pytest.fixture
def simcord_bot(libraries: ServerLibraries, options: Options) -> Footnote:
    """The client, not yet started: simcord does that."""
    return Footnote(libraries, Limits(), options, shard_count=1)


@pytest.fixture
def world(simcord_env: simcord.Env) -> World:
    """A server with the bot in it."""
    guild = simcord_env.create_guild("Docs")
    channel = guild.create_text_channel("general")
    managing = guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
    alice = guild.add_member(simcord_env.create_user("alice", global_name="Alice"))
    moderator = guild.add_member(simcord_env.create_user("mo", global_name="Mo"), roles=[managing])
    return World(simcord_env, guild, channel, alice, moderator)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, library: Library) -> "list[Heard]":
    """What the library is asked from now on."""
    from tests.support.discord.acting import overhear

    return overhear(monkeypatch, library)
