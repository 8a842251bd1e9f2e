"""The bot in a process of its own, over sockets: its second life after being killed in the first.

The tests share that process and go with it to its end, so the last of them are about its stopping.
"""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.discord.messages.buttons import FORGOTTEN
from bot.discord.services.limits import CLOSING
from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.discord.world import BREAD, FERRY, LIGHTHOUSE
from tests.support.fake_discord.fake import RESUME, FakeDiscord
from tests.support.fake_discord.payloads import APPLICATION, Member, Server, snowflake
from tests.support.fake_discord.process import Running, connected
from tests.support.fake_discord.records import Called, Request
from tests.support.fake_discord.texts import long_text
from tests.support.homes import contents, note, opened, put
from tests.support.shell import Outcome

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.allow_hosts(["127.0.0.1"])]

HARBOUR, MEADOW = Server(10, "Harbour"), Server(20, "Meadow")
BOTH = (HARBOUR, MEADOW)
FERRY_LEAVES = "When does the ferry to Skerry leave?"
LEAVES = "nine in the morning"
BUILT = "When was the lighthouse at Skerry Point built?"
# Kinds of answers to an interaction, and the mark of one that its caller alone sees.
MESSAGE, DEFERRED, UPDATED, FOR_ONE = 4, 5, 7, 64


@dataclass(frozen=True, slots=True)
class Life:
    """A bot that is running, the Discord that it runs in, and what was asked before it."""

    bot: Running
    discord: FakeDiscord
    home: Path
    before: Called
    requests_before: int


def someone() -> Member:
    """A member who has asked nothing yet."""
    return Member(snowflake(), "somebody")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def life(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> AsyncIterator[Life]:
    """A bot whose home belonged to one that was killed after it had answered a question."""
    home = tmp_path_factory.mktemp("process") / "home"
    with opened(home, embedder) as library:
        put(library, [note("ferry.md", FERRY, "The Skerry ferry")], HARBOUR.library)
        put(library, [note("lighthouse.txt", LIGHTHOUSE, "Lighthouses")], MEADOW.library)
        put(library, [note("bread.txt", BREAD, "Bread")])
    async with FakeDiscord(BOTH) as discord:
        async with connected(discord, home) as bot:
            before = await discord.ask(FERRY_LEAVES, HARBOUR)
            await discord.answer(before)
            bot.tell(signal.SIGKILL)
            await bot.ended()
        await discord.shut()
        requests = len(discord.requests)
        async with connected(discord, home) as bot:
            yield Life(bot, discord, home, before, requests)


async def test_commands_are_registered_at_the_first_start_alone(life: Life) -> None:
    (put,) = life.discord.sent("PUT", "*")
    assert put.path.endswith("/commands")
    assert life.discord.requests.index(put) < life.requests_before


async def test_a_button_of_before_it_was_killed_works(life: Life) -> None:
    pressed = await life.discord.press(f"footnote:vote:{life.before.id}:up", HARBOUR)
    acknowledged = await life.discord.acknowledged(pressed)
    assert acknowledged.body["type"] == UPDATED
    _, up, down, *_ = acknowledged.data["components"][0]["components"]
    assert (up["label"], down.get("label")) == ("1", None)


async def test_a_question_is_first_acknowledged_and_then_answered(life: Life) -> None:
    asked = await life.discord.ask(FERRY_LEAVES, HARBOUR, someone())
    assert LEAVES in await life.discord.answer(asked)
    first, second = [r for r in life.discord.requests if asked.token in r.path]
    assert (first.method, first.path) == ("POST", asked.callback)
    assert first.body == {"type": DEFERRED}
    assert (second.method, second.path) == ("PATCH", asked.original)
    assert second.data["allowed_mentions"]["parse"] == []


async def test_a_mention_is_answered_with_a_reply_that_pings_nobody(life: Life) -> None:
    said = await life.discord.say(f"<@{APPLICATION}> {FERRY_LEAVES}", HARBOUR, someone())
    reply = await life.discord.reply(said)
    assert LEAVES in reply.content
    assert reply.path == f"/channels/{HARBOUR.channel}/messages"
    assert reply.data["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert life.discord.sent("POST", f"/channels/{HARBOUR.channel}/typing")


async def test_what_is_said_to_others_is_not_answered(life: Life) -> None:
    ignored = await life.discord.say(FERRY_LEAVES, HARBOUR, someone())
    meant = await life.discord.say(f"<@{APPLICATION}> {FERRY_LEAVES}", HARBOUR, someone())
    await life.discord.reply(meant)
    assert ignored not in {request.replies_to for request in life.discord.requests}


async def test_nothing_crosses_from_one_server_to_another(life: Life) -> None:
    for question, words, own in ((FERRY_LEAVES, LEAVES, HARBOUR), (BUILT, "in 1851", MEADOW)):
        asked = {server: await life.discord.ask(question, server, someone()) for server in BOTH}
        answers = {server: await life.discord.answer(called) for server, called in asked.items()}
        assert [server for server, answer in answers.items() if words in answer] == [own]


async def test_the_buttons_of_one_server_tell_another_nothing(life: Life) -> None:
    pressed = await life.discord.press(f"footnote:sources:{life.before.id}", MEADOW)
    assert await life.discord.answer(pressed) == FORGOTTEN


async def test_an_answer_that_was_too_much_at_once_comes_when_discord_says(life: Life) -> None:
    life.discord.refuse("PATCH", "*/messages/@original", 429, Retry_After="1")
    asked = await life.discord.ask(FERRY_LEAVES, HARBOUR, someone())
    assert LEAVES in await life.discord.answer(asked)
    refused, passed = life.discord.sent("PATCH", asked.original)
    assert (refused.status, passed.status) == (429, 200)
    assert passed.at - refused.at >= 1


async def test_a_question_survives_the_loss_of_the_connection(life: Life) -> None:
    released = life.discord.hold("PATCH", "*/messages/@original")
    asked = await life.discord.ask(FERRY_LEAVES, HARBOUR, someone())
    await life.discord.until(lambda: life.discord.sent("PATCH", asked.original) or None)
    await life.discord.drop()
    resumed = await life.discord.until(
        lambda: next((data for kind, data in life.discord.gateway if kind == RESUME), None)
    )
    assert resumed["session_id"] == "0"
    released.set()
    assert LEAVES in await life.discord.answer(asked)
    later = await life.discord.ask(FERRY_LEAVES, HARBOUR, someone())
    assert LEAVES in await life.discord.answer(later)


@dataclass(frozen=True, slots=True)
class Stop:
    """The end of a bot that was told to stop in the middle of its work, and of that work."""

    outcome: Outcome
    answer: str
    late: Request
    late_reply: Request
    progress: str
    adding: str
    fetching: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stop(life: Life) -> Stop:
    """The bot told to stop while it answers a question and adds a long document."""
    bot, discord = life.bot, life.discord
    adding = await discord.attach(HARBOUR, someone(), "long.txt", long_text(1_000_000).encode())
    progress = await discord.answer(adding, "so far")
    handed_over = discord.hold("GET", "/files/slow.txt")
    fetching = await discord.attach(HARBOUR, someone(), "slow.txt", b"It arrives slowly.")
    await discord.until(lambda: discord.sent("GET", "/files/slow.txt") or None)
    released = discord.hold("POST", "*/callback")
    asked = await discord.ask(FERRY_LEAVES, HARBOUR, someone())
    await discord.until(lambda: discord.sent("POST", asked.callback) or None)
    bot.tell(signal.SIGTERM)
    await bot.until(lambda: any("event=stopping" in line for line in bot.err))
    late = await discord.acknowledged(await discord.ask(FERRY_LEAVES, HARBOUR, someone()))
    said = await discord.say(f"<@{APPLICATION}> {FERRY_LEAVES}", HARBOUR, someone())
    late_reply = await discord.reply(said)
    shown = len(discord.sent("PATCH", adding.original))
    # Until the question is answered, the long job goes on.
    await discord.until(lambda: len(discord.sent("PATCH", adding.original)) > shown or None)
    released.set()
    answer, given_up = await asyncio.gather(
        discord.answer(asked), discord.answer(adding, "restart")
    )
    handed_over.set()
    not_begun = await discord.answer(fetching)
    outcome = await bot.ended()
    return Stop(outcome, answer, late, late_reply, progress, given_up, not_begun)


async def test_a_question_in_flight_is_answered_before_it_stops(stop: Stop) -> None:
    assert LEAVES in stop.answer


async def test_who_asks_while_it_stops_is_told_so(stop: Stop) -> None:
    assert stop.late.body["type"] == MESSAGE
    assert stop.late.content == stop.late_reply.content == CLOSING
    assert stop.late.data["flags"] & FOR_ONE


async def test_it_stops_in_order_once_its_work_is_done(stop: Stop) -> None:
    assert stop.outcome.code == 0
    assert stop.outcome.err.endswith("Stopped.\n")
    assert "Traceback" not in stop.outcome.err
    assert "cut off" not in stop.outcome.err


async def test_adding_shows_how_far_it_is_and_says_when_it_was_stopped(stop: Stop) -> None:
    assert stop.progress.startswith("Adding … ")
    assert "restart before that was done" in stop.adding


async def test_who_hands_over_a_file_while_it_stops_is_told_so(stop: Stop) -> None:
    assert "slow.txt was not read, as Footnote is stopping." in stop.fetching


async def test_the_next_start_finds_nothing_of_what_was_stopped(
    life: Life, stop: Stop, embedder: SentenceEmbedder
) -> None:
    with opened(life.home, embedder) as library:  # waits for nobody: the home is free
        assert contents(library, HARBOUR.library).texts == {
            "ferry.md": FERRY.removeprefix("# ").strip()
        }
