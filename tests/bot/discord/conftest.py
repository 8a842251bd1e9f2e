"""A Discord to play in: `simcord` runs the real client, on a real library in a home of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from simcord.backend import serializers

from bot.discord.records.records import open_records
from bot.discord.services.libraries import ServerLibraries
from bot.discord.services.limits import Allowance, Limits, Timing
from bot.discord.services.services import Services
from bot.discord.startup.client import Footnote, Options, intents
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from tests.support.discord.acting import Heard, overhear
from tests.support.discord.world import BREAD, FERRY, LIGHTHOUSE, World
from tests.support.homes import note, opened, put

# Real seconds after which simcord takes a bot that does not come to rest for one that never will.
SIMCORDS_OWN, ENDLESS = 5.0, 3600.0


@pytest.fixture(autouse=True)
def played_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes where a test moves the clock, and nowhere else.

    simcord lets a timer go off by the machine's clock as well, and gives up on a bot that is not
    at rest after five seconds: on a busy machine either would decide a test.
    """
    real = simcord.Env._settle_internal

    async def settle(env: simcord.Env, *, timeout: float | None = None, **options: Any) -> None:
        chosen = ENDLESS if timeout == SIMCORDS_OWN else timeout
        await real(env, timeout=chosen, **options)

    monkeypatch.setattr(simcord.Env, "_schedule_timer", lambda *_: None)
    monkeypatch.setattr(simcord.Env, "_settle_internal", settle)
    defaults: Any = simcord.Env.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "settle_timeout", ENDLESS)


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


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Path:
    """A home with documents about a ferry, a lighthouse and bread, to be copied."""
    home = tmp_path_factory.mktemp("stocked") / "home"
    with opened(home, embedder) as library:
        put(
            library,
            [
                note("https://skerry.example/ferry.md", FERRY, "The Skerry ferry"),
                note("lighthouse.txt", LIGHTHOUSE, "Lighthouses"),
                note("bread.txt", BREAD, "Bread"),
            ],
        )
    return home


@pytest.fixture
def library(stocked: Path, tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """A library that everybody may ask about a ferry, a lighthouse and bread."""
    with opened(shutil.copytree(stocked, tmp_path / "home"), embedder) as library:
        yield library


@pytest.fixture
def libraries(library: Library) -> Iterator[ServerLibraries]:
    """The libraries at which Discord asks it."""
    with open_records(library.home.folder) as records:
        libraries = ServerLibraries(library, records)
        yield libraries
        libraries.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs the tests of modules marked `either_intent` with and without the content of messages.

    A test whose mark `options` chooses one runs with that alone. Commands, menus and buttons bring
    what they need along, so all other modules are run without.
    """
    node = metafunc.definition
    chosen = node.get_closest_marker("options")
    either = node.get_closest_marker("either_intent") is not None
    if chosen is not None and "message_content" in chosen.kwargs:
        return
    if either and "intent" in metafunc.fixturenames:
        metafunc.parametrize("intent", [False, True], ids=["mentions only", "reading along"])


@pytest.fixture
def intent() -> bool:
    """False: the bot may read only messages that mention it."""
    return False


@pytest.fixture
def options(request: pytest.FixtureRequest, intent: bool) -> Options:
    """The operator's choices: the defaults, or those of a test's mark `options`."""
    marker = request.node.get_closest_marker("options")
    chosen: dict[str, Any] = dict(marker.kwargs) if marker else {}
    return Options(**{"message_content": intent, **chosen})


@pytest.fixture
def timing() -> Timing:
    """The pauses and intervals of production; a module or a test may have others."""
    return Timing()


@pytest.fixture
def allowance() -> Allowance:
    """The questions of production; a module or a test may allow others."""
    return Allowance()


@pytest.fixture
def services(
    libraries: ServerLibraries, options: Options, timing: Timing, allowance: Allowance
) -> Services:
    """The services that the client works with."""
    return Services(libraries, Limits(allowance), timing, log_questions=options.log_questions)


@pytest.fixture
def simcord_bot(services: Services, options: Options, monkeypatch: pytest.MonkeyPatch) -> Footnote:
    """The client, not yet started: simcord does that. Discord grants it what its operator chose:
    what isn't granted can't be fetched either."""
    defaults: Any = simcord.Env.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "approved_intents", intents(options.message_content))
    return Footnote(services, options, shard_count=1)


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
def heard(monkeypatch: pytest.MonkeyPatch, library: Library) -> list[Heard]:
    """The questions that the library is asked from now on."""
    return overhear(monkeypatch, library)
