"""Measure the wait of Discord while 50 members ask at once, alone, while posts come in twenty
watched forums, and while a document is added.

The bot runs in its own process, connected to a played Discord over sockets. Beside it, on its
event loop, a task sleeps for 10 ms again and again: what it sleeps longer is the loop's lag.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bot.discord.records.activity_file import ACTIVITY
from bot.discord.records.server_settings import ChannelSettings, ServerSettings, SettingsRecord
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.reading.source import sample as briefing
from tests.support.fake_discord.fake import FakeDiscord
from tests.support.fake_discord.payloads import Member, Server, snowflake
from tests.support.fake_discord.process import connected
from tests.support.fake_discord.texts import long_text
from tests.support.homes import opened

AT_ONCE, WAVES = 50, 2
FORUMS = 20
ADDED = 2_000_000
SERVER = Server(10, "Bench", forum_count=FORUMS)
QUESTIONS = (
    "Who left the UN's human rights office in New York, and why?",
    "Which post did Mokhiber hold in New York?",
    "Who put the text of the letter on X?",
    "To which newspaper did the UN spokesperson send a statement?",
    "What did the letter say that Israel practises?",
    "When does the ferry leave?",
)
# `KEPT` is set before it: the file that the samples go to, each with the moment that it began.
SAMPLED = """
import asyncio, json, pathlib, sys, time
import discord.http
discord.http.Route.BASE = sys.argv.pop(1)
from bot.cli import main
from bot.discord.startup.client import Footnote

samples = []

async def sample():
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.01)
        samples.append((began, time.perf_counter() - began - 0.01))

set_up = Footnote.setup_hook

async def set_up_sampled(bot):
    await set_up(bot)
    bot.sampling = asyncio.create_task(sample())

Footnote.setup_hook = set_up_sampled
try:
    main()
finally:
    pathlib.Path(KEPT).write_text(json.dumps(samples))
"""


@dataclass(frozen=True, slots=True)
class Wave:
    """The waits of members who all asked at once, in seconds, and their times."""

    began: float
    ended: float
    acknowledged: Sequence[float]
    answered: Sequence[float]


@dataclass(frozen=True, slots=True)
class Lag:
    """Figures of some waves, in milliseconds."""

    lag_p50: float
    lag_p99: float
    lag_max: float
    acknowledged_max: float
    answered_p50: float
    answered_p95: float


@dataclass(frozen=True, slots=True)
class Lags:
    """With nothing else to do, with posts in watched forums, and while a long document is added."""

    quiet: Lag
    watching: Lag
    adding: Lag


def measure_lag() -> Lags:
    """Runs the bot, and asks it."""
    return asyncio.run(_measure())


async def _measure() -> Lags:
    with TemporaryDirectory() as folder:
        samples = Path(folder) / "samples.json"
        async with _asked_bot(Path(folder) / "home", samples) as discord:
            quiet = [await _wave(discord) for _ in range(WAVES)]
            watching = [await _wave_with_posts(discord) for _ in range(WAVES)]
            document = long_text(ADDED).encode()
            adding = await discord.attach(SERVER, _somebody(), "long.txt", document)
            await discord.answer(adding, "so far")
            busy = [await _wave(discord) for _ in range(WAVES)]
            if any(" so far" not in r.content for r in discord.sent("PATCH", adding.original)):
                raise RuntimeError("the document was added before all had asked: take a longer one")
        lags = json.loads(samples.read_text())
    return Lags(_figures(quiet, lags), _figures(watching, lags), _figures(busy, lags))


@asynccontextmanager
async def _asked_bot(home: Path, samples: Path) -> AsyncIterator[FakeDiscord]:
    """The Discord of a bot whose home holds the briefing; at the end the bot is stopped."""
    with opened(home, SentenceEmbedder()) as library:
        list(library.add([briefing()]))
    with closing(SettingsRecord(home / ACTIVITY)) as record:
        forums = {forum: ChannelSettings("sure") for forum in SERVER.forums}
        record.save(ServerSettings(SERVER.id, forums, pause=0.0, cooldown=0.0, hourly_cap=1000))
    program = f"KEPT = {str(samples)!r}\n{SAMPLED}"
    async with FakeDiscord((SERVER,)) as discord, connected(discord, home, program=program) as bot:
        yield discord
        outcome = await bot.stopped()
    if outcome.code:
        raise RuntimeError(outcome.err)


async def _wave(discord: FakeDiscord) -> Wave:
    """As many members as there are ask at once, and wait until all are answered."""
    began = time.perf_counter()
    asked = [
        await discord.ask(QUESTIONS[number % len(QUESTIONS)], SERVER, _somebody())
        for number in range(AT_ONCE)
    ]
    first = [await discord.acknowledged(called) for called in asked]
    last = [await discord.request("PATCH", called.original) for called in asked]
    return Wave(
        began,
        time.perf_counter(),
        [request.at - called.at for called, request in zip(asked, first, strict=True)],
        [request.at - called.at for called, request in zip(asked, last, strict=True)],
    )


async def _wave_with_posts(discord: FakeDiscord) -> Wave:
    """A wave, during which there is a new post in each watched forum, and all are seen to."""
    posts = [
        await discord.post(QUESTIONS[number % len(QUESTIONS)], "", SERVER, forum, _somebody())
        for number, forum in enumerate(SERVER.forums)
    ]
    wave = await _wave(discord)
    for post in posts:
        await discord.request("GET", f"/channels/{post}/messages/{post}")
    return wave


def _somebody() -> Member:
    return Member(snowflake(), "somebody")


def _figures(waves: Sequence[Wave], samples: Sequence[tuple[float, float]]) -> Lag:
    lags = [lag for at, lag in samples if any(wave.began <= at <= wave.ended for wave in waves)]
    answered = [seconds for wave in waves for seconds in wave.answered]
    figures = (
        median(lags),
        quantiles(lags, n=100)[98],
        max(lags),
        max(seconds for wave in waves for seconds in wave.acknowledged),
        median(answered),
        quantiles(answered, n=20)[18],
    )
    return Lag(*(1000 * figure for figure in figures))


def main() -> None:
    """Prints the figures."""
    lags = measure_lag()
    print(f"{AT_ONCE} members ask at once, {WAVES} times; milliseconds")
    for label, found in (
        ("with nothing else to do", lags.quiet),
        (f"{FORUMS} watched forums", lags.watching),
        ("while adding", lags.adding),
    ):
        print(
            f"{label:24} loop lag p50 {found.lag_p50:.1f}, p99 {found.lag_p99:.1f}, worst "
            f"{found.lag_max:.1f}; acknowledged within {found.acknowledged_max:.0f}; answered p50 "
            f"{found.answered_p50:.0f}, p95 {found.answered_p95:.0f}"
        )


if __name__ == "__main__":
    main()
