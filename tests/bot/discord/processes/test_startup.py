"""`footnote run` as it starts, in processes of its own: what it says, and how it is refused.

The processes run once for the whole module, all at a time; most of what they take is starting.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio

from bot.discord.startup.portal import BAD_TOKEN, ENDPOINT, NO_INTENT, NO_TOKEN
from bot.discord.startup.run import serve
from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.discord.world import BREAD, FERRY
from tests.support.fake_discord.fake import IDENTIFY, TOKEN, FakeDiscord
from tests.support.fake_discord.payloads import APPLICATION, Server
from tests.support.fake_discord.process import connected, starting
from tests.support.homes import note, opened, put
from tests.support.shell import STEERING, Outcome

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.allow_hosts(["127.0.0.1"])]

GRANTED = discord.ApplicationFlags(gateway_message_content=True).value
GRANTED_TO_SMALL_BOTS = discord.ApplicationFlags(gateway_message_content_limited=True).value
WITHOUT_CONTENT = discord.Intents(
    guilds=True, guild_messages=True, guild_reactions=True, dm_messages=True
).value
WITH_CONTENT = WITHOUT_CONTENT | discord.Intents(message_content=True).value

GUESSED = "a-token-that-somebody-guessed"
HARBOUR = Server(10, "Har\x1b[2Jbour")
MEADOW = Server(20, "Meadow", discord.Permissions(view_channel=True, send_messages=True).value)
DARK = Server(30, "In the dark", available=False)
QUESTION = "When does the ferry to Skerry leave?"
LACKING = ("Embed Links", "Attach Files", "Read Message History", "Send Messages In Threads")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """The end of a start, for each reason to refuse it."""
    folder = tmp_path_factory.mktemp("refused")

    async def start(name: str, *options: str, token: str = TOKEN, **discord: Any) -> Outcome:
        async with FakeDiscord(**discord) as fake:
            if name == "error":
                fake.refuse("GET", "/users/@me", 503)
            if name == "not in the server":
                fake.refuse("GET", "*/guilds/99/commands", 403, 50001)
            there = None if name == "unreachable" else fake
            async with starting(there, folder / name, *options, token=token) as bot:
                return await bot.ended()

    refusals = {
        "no token": start("no token", token=""),
        "bad token": start("bad token", token=GUESSED),
        "unreachable": start("unreachable"),
        "error": start("error"),
        "endpoint": start("endpoint", endpoint="https://elsewhere.example"),
        "intents": start(
            "intents", flags=GRANTED_TO_SMALL_BOTS, refused_intents=WITH_CONTENT & ~WITHOUT_CONTENT
        ),
        "not in the server": start("not in the server", "--dev-server", "99"),
    }
    return dict(zip(refusals, await asyncio.gather(*refusals.values()), strict=True))


@dataclass(frozen=True, slots=True)
class Run:
    """A bot that was asked something and then stopped, and the Discord that it was connected to."""

    outcome: Outcome
    discord: FakeDiscord
    answer: str

    @property
    def identity(self) -> Any:
        """The bot's IDENTIFY, as it connected."""
        [told] = [data for kind, data in self.discord.gateway if kind == IDENTIFY]
        return told


async def run(home: Path, *options: str, **discord: Any) -> Run:
    async with FakeDiscord(**discord) as fake, connected(fake, home, *options) as bot:
        answer = await fake.answer(await fake.ask(QUESTION, HARBOUR))
        await bot.until(lambda: any("way=ask" in line or '"ask"' in line for line in bot.err))
        return Run(await bot.stopped(), fake, answer)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def runs(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> AsyncIterator[tuple[Run, Run]]:
    """One with all that there is to say, for people; one in JSON that may write down questions."""
    folder = tmp_path_factory.mktemp("runs")
    for name in ("people", "json"):
        with opened(folder / name, embedder) as library:
            put(library, [note("ferry.md", FERRY, "The Skerry ferry")], HARBOUR.library)
            put(library, [note("bread.txt", BREAD, "Bread"), note("rye.txt", "Rye is a grass.")])
    in_json = ("--json", "--log-questions", "--dev-server", str(HARBOUR.id))
    yield await asyncio.gather(
        run(folder / "people", servers=(HARBOUR, MEADOW, DARK), flags=GRANTED),
        run(folder / "json", *in_json, servers=(HARBOUR, MEADOW), flags=0),
    )


@pytest.fixture(scope="module")
def people(runs: tuple[Run, Run]) -> Run:
    """The one for people."""
    return runs[0]


@pytest.fixture(scope="module")
def in_json(runs: tuple[Run, Run]) -> Run:
    """The one in JSON."""
    return runs[1]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("no token", NO_TOKEN),
        ("bad token", BAD_TOKEN),
        ("intents", NO_INTENT),
        ("endpoint", ENDPOINT),
        ("unreachable", "Discord can't be reached"),
        ("error", "Discord answered with error 503"),
        ("not in the server", f"client_id={APPLICATION}"),
    ],
)
async def test_a_start_that_cannot_be_is_refused_with_what_to_do(
    reason: str, words: str, refused: dict[str, Outcome]
) -> None:
    outcome = refused[reason]
    assert (outcome.code, outcome.out) == (1, "")
    (sentence,) = [line for line in outcome.err.splitlines() if not line.startswith("at=")]
    assert sentence.startswith("footnote: ")
    assert words in sentence
    assert "Traceback" not in outcome.err


class Connected:
    """A client that is connected at once, and stays so."""

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *error: object) -> None: ...

    async def start(self, token: str) -> None:
        await asyncio.Event().wait()

    async def wait_until_ready(self) -> None: ...


async def test_what_goes_wrong_on_this_side_is_not_put_down_to_discord() -> None:
    def ready() -> None:
        raise BrokenPipeError

    bot: Any = Connected()
    with pytest.raises(BrokenPipeError):
        await serve(bot, TOKEN, ready)


async def test_run_says_that_it_is_connected_and_where(people: Run) -> None:
    first, *_ = people.outcome.out.splitlines()
    assert first == "Connected to Discord as Footnote, in 3 servers, on 1 shard."


async def test_run_says_what_is_indexed_for_each_server_and_for_all(people: Run) -> None:
    lines = people.outcome.out.splitlines()
    assert "  Har[2Jbour: 1 document, 1 passage" in lines
    assert "  Meadow: 0 documents, 0 passages" in lines
    assert "Everywhere (the library common): 2 documents, 2 passages" in lines


async def test_run_says_what_reads_the_documents(people: Run, embedder: SentenceEmbedder) -> None:
    assert f"Answers are quotes, found with {embedder.identity}.\n" in people.outcome.out


async def test_a_server_of_which_discord_tells_nothing_is_named_by_its_number(people: Run) -> None:
    assert "  30: 0 documents, 0 passages\n" in people.outcome.out


async def test_the_name_of_a_server_steers_no_terminal(people: Run) -> None:
    assert STEERING.search(people.outcome.out + people.outcome.err) is None


async def test_a_permission_that_is_missing_in_a_server_is_warned_of(people: Run) -> None:
    (warning,) = [line for line in people.outcome.err.splitlines() if " lack " in line]
    assert "Meadow" in warning
    assert all(name in warning for name in LACKING)
    assert "Send Messages," not in warning


async def test_with_json_it_is_said_in_one_object(in_json: Run, embedder: SentenceEmbedder) -> None:
    greeting = in_json.outcome.json
    harbour, meadow = greeting.pop("servers")
    assert harbour == {
        "id": HARBOUR.id, "name": HARBOUR.name, "documents": 1, "passages": 1, "lacking": []
    }  # fmt: skip
    assert sorted(meadow["lacking"]) == sorted(LACKING)
    assert str(APPLICATION) in greeting.pop("invitation")
    assert greeting == {
        "event": "connected",
        "name": "Footnote",
        "shards": 1,
        "shard_ids": [0],
        "unnamed": 0,
        "documents": 2,
        "passages": 2,
        "model": embedder.identity,
        "message_content": False,
    }


async def test_with_json_every_line_of_the_logs_is_an_object(in_json: Run) -> None:
    events = [json.loads(line) for line in in_json.outcome.err.splitlines()]
    assert all({"at", "level", "logger", "event"} <= event.keys() for event in events)
    assert [event["level"] for event in events if "Meadow" in event["event"]] == ["warning"]


async def test_logs_say_that_a_question_was_answered_but_not_which(people: Run) -> None:
    (line,) = [line for line in people.outcome.err.splitlines() if "event=question" in line]
    assert "answered=true" in line
    assert f"server={HARBOUR.id}" in line
    assert "nine in the morning" in people.answer
    for word in ("ferry", "Skerry", "nine in the morning"):
        assert word not in people.outcome.err


async def test_logs_hold_questions_where_the_operator_wants_them(in_json: Run) -> None:
    events = [json.loads(line) for line in in_json.outcome.err.splitlines()]
    assert [event.get("question") for event in events if event["event"] == "question"] == [QUESTION]
    assert "nine in the morning" not in in_json.outcome.err


async def test_the_token_is_never_printed(
    people: Run, in_json: Run, refused: dict[str, Outcome]
) -> None:
    for outcome in (people.outcome, in_json.outcome, *refused.values()):
        assert TOKEN not in outcome.out + outcome.err
        assert GUESSED not in outcome.out + outcome.err


async def test_the_content_of_messages_is_asked_for_where_discord_grants_it(
    people: Run, in_json: Run
) -> None:
    assert people.identity["intents"] == WITH_CONTENT
    assert in_json.identity["intents"] == WITHOUT_CONTENT
    content = "Message content is not granted"
    assert content not in people.outcome.out


async def test_the_bot_shows_how_it_is_asked_and_takes_the_shards_that_discord_gives(
    people: Run,
) -> None:
    assert people.identity["presence"]["game"]["state"] == "Ask me with /ask"
    assert people.identity["shard"] == [0, 1]
    assert people.discord.sent("GET", "/gateway/bot")


async def test_commands_are_registered_everywhere(people: Run) -> None:
    (put,) = people.discord.sent("PUT", "*")
    assert put.path == f"/applications/{APPLICATION}/commands"
    names = {command["name"] for command in put.body}
    assert names >= {"ask", "help", "search", "documents", "Add to Footnote", "Answer this"}


async def test_commands_are_registered_in_the_development_server_alone(in_json: Run) -> None:
    (put,) = in_json.discord.sent("PUT", "*")
    assert put.path == f"/applications/{APPLICATION}/guilds/{HARBOUR.id}/commands"


async def test_a_bot_that_is_told_to_stop_ends_with_0(people: Run, in_json: Run) -> None:
    assert (people.outcome.code, in_json.outcome.code) == (0, 0)
    assert people.outcome.err.endswith("Stopped.\n")
