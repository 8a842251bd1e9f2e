"""The weekly digest: off until it is chosen, and once a week, whatever restarts."""

from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.discord.unanswered.digest import WeeklyDigest, is_stale
from retrieval.types import DocumentInfo
from tests.support.discord.acting import FERRY, UP, ask, last, press, restart
from tests.support.discord.helping import choose, pings, set_up_help
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

SAUNA = "How hot is the sauna?"
NOW = datetime.now(UTC)


def at(world: World, moment: datetime) -> WeeklyDigest:
    """The digest of the bot as it is now, at a time."""
    object.__setattr__(world.services, "clock", lambda: moment)
    digest = world.bot.get_cog("WeeklyDigest")
    assert isinstance(digest, WeeklyDigest)
    return digest


def guild_of(world: World) -> discord.Guild:
    """The server as the client knows it."""
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    return guild


async def test_it_is_off_until_somebody_turns_it_on(world: World) -> None:
    set_up_help(world)
    assert not await at(world, NOW).send_if_due(guild_of(world))


async def test_it_tells_what_was_asked_answered_and_liked_and_what_is_open(world: World) -> None:
    help = set_up_help(world, digest=True)
    await press(await ask(world, FERRY), UP, world.alice)
    await ask(world, SAUNA)
    since = len(world.env.http_requests)
    assert await at(world, NOW + timedelta(minutes=1)).send_if_due(guild_of(world))
    assert last(help.channel).content == (
        "**A week of questions** in Docs\n2 questions, 1 answered\n1 👍, 0 👎\n"
        f"- liked: {FERRY}\n1 gap, the largest:\n- {SAUNA} (1 ×)\n"
        "0 documents not renewed for a year\n"
        "-# Once a week. `/settings` turns it off; `/gaps` shows all gaps."
    )
    assert pings(world.env, since) == []


async def test_it_is_sent_once_a_week_also_after_a_restart(world: World) -> None:
    help = set_up_help(world, digest=True)
    assert await at(world, NOW).send_if_due(guild_of(world))
    assert not await at(world, NOW + timedelta(days=6)).send_if_due(guild_of(world))
    await restart(world)
    assert not await at(world, NOW + timedelta(days=6)).send_if_due(guild_of(world))
    assert await at(world, NOW + timedelta(days=7, minutes=1)).send_if_due(guild_of(world))
    assert len(help.channel.history()) == 2


async def test_without_a_helpers_channel_the_owner_gets_it(world: World) -> None:
    choose(world, digest=True)
    owner = guild_of(world).owner_id
    assert owner is not None
    assert await at(world, NOW).send_if_due(guild_of(world))
    sent = [call.json for call in world.env.http_requests if isinstance(call.json, dict)]
    assert any("A week of questions" in str(body.get("content")) for body in sent)


async def test_it_is_sent_by_itself_as_time_passes(world: World) -> None:
    help = set_up_help(world, digest=True)
    await world.env.advance_time(world.services.timing.digest_interval + 1)
    assert len(help.channel.history()) == 1


async def test_an_error_in_one_server_ends_no_digests(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    help, interval = set_up_help(world, digest=True), world.services.timing.digest_interval
    with monkeypatch.context() as broken:
        broken.setattr(type(world.services.libraries.records.digests), "week", lambda *_: 1 / 0)
        await world.env.advance_time(interval + 1)
    assert "no digest" in caplog.messages
    later = datetime.now(UTC) + timedelta(days=8)
    at(world, later)
    await world.env.advance_time(interval + 1)
    assert len(help.channel.history()) == 1


@pytest.mark.parametrize(
    ("date", "added", "stale"),
    [
        ("2020-01-01", "2026-11-30T00:00:00+00:00", True),
        ("", "2020-01-01T00:00:00+00:00", True),
        ("", "2026-11-30T00:00:00+00:00", False),
        ("spring of 2019", "2026-11-30T00:00:00+00:00", False),
    ],
)
def test_a_document_is_stale_a_year_after_its_date(date: str, added: str, stale: bool) -> None:
    document = DocumentInfo("id", "guild-1", "A", "a.txt", 1, 1, added, "cli", "ready", date=date)
    assert is_stale(document, datetime(2026, 12, 1, tzinfo=UTC)) is stale
