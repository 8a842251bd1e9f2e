"""Two processes of one bot, each with a shard and a home of its own, in one Discord."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.discord.startup.message import FOLLOWING
from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.discord.world import BREAD, FERRY
from tests.support.fake_discord.fake import IDENTIFY, FakeDiscord
from tests.support.fake_discord.payloads import Server, shard_of
from tests.support.fake_discord.process import connected
from tests.support.homes import note, opened, put
from tests.support.shell import Outcome

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.allow_hosts(["127.0.0.1"])]

HARBOUR, MEADOW = Server(10 << 22, "Harbour"), Server(11 << 22, "Meadow")
FERRY_LEAVES, LEAVES = "When does the ferry to Skerry leave?", "nine in the morning"
BAKED, HOUR = "How long is rye bread baked?", "for an hour"


@dataclass(frozen=True, slots=True)
class Pair:
    """The answers and the ends of two processes, and the Discord that they ran in."""

    discord: FakeDiscord
    answers: dict[tuple[str, str], str]
    outcomes: tuple[Outcome, Outcome]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> AsyncIterator[Pair]:
    """Two processes that were asked two questions each, and stopped."""
    folder = tmp_path_factory.mktemp("pair")
    servers, homes = (HARBOUR, MEADOW), [folder / "first", folder / "second"]
    for home, server, text in zip(homes, servers, (FERRY, BREAD), strict=True):
        with opened(home, embedder) as library:
            put(library, [note("own.md", text)], server.library)
    async with (
        FakeDiscord(servers) as fake,
        connected(fake, homes[0], shards="0/2") as first,
        connected(fake, homes[1], shards="1/2") as second,
    ):
        answers = {}
        for server in servers:
            for question in (FERRY_LEAVES, BAKED):
                asked = await fake.ask(question, server)
                answers[server.name, question] = await fake.answer(asked)
        outcomes = await asyncio.gather(first.stopped(), second.stopped())
        yield Pair(fake, answers, (outcomes[0], outcomes[1]))


async def test_each_connects_its_own_shard(pair: Pair) -> None:
    shards = [data["shard"] for kind, data in pair.discord.gateway if kind == IDENTIFY]
    assert shards == [[0, 2], [1, 2]]
    assert [shard_of(server.id, 2) for server in (HARBOUR, MEADOW)] == [0, 1]


async def test_each_server_is_answered_from_its_own_library_in_its_own_home(pair: Pair) -> None:
    assert LEAVES in pair.answers["Harbour", FERRY_LEAVES]
    assert HOUR in pair.answers["Meadow", BAKED]
    for nothing_of in (("Harbour", BAKED), ("Meadow", FERRY_LEAVES)):
        assert "The documents don't say." in pair.answers[nothing_of]
    assert HOUR not in pair.answers["Harbour", BAKED]
    assert LEAVES not in pair.answers["Meadow", FERRY_LEAVES]


async def test_commands_are_registered_once(pair: Pair) -> None:
    assert len(pair.discord.sent("PUT", "*/commands")) == 1


async def test_each_says_what_it_runs_and_names_its_own_servers_alone(pair: Pair) -> None:
    first, second = (outcome.out.splitlines() for outcome in pair.outcomes)
    assert first[0] == "Connected to Discord as Footnote, in 1 server, on shard 0 of 2."
    assert second[0] == "Connected to Discord as Footnote, in 1 server, on shard 1 of 2."
    assert (FOLLOWING in first, FOLLOWING in second) == (False, True)
    assert "Meadow" not in pair.outcomes[0].out
    assert "Harbour" not in pair.outcomes[1].out


async def test_both_end_in_order(pair: Pair) -> None:
    assert [outcome.code for outcome in pair.outcomes] == [0, 0]
