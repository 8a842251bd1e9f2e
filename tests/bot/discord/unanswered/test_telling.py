"""*Tell me when there's an answer*: only those who pressed it are told, where they asked."""

import pytest

from bot.discord.unanswered.telling import FORGOTTEN, NOTED, NOTED_DIRECTLY, STOPPED
from retrieval.library import Library
from tests.bot.discord.unanswered.test_gaps_command import HOT, SAUNA, answered
from tests.support.discord.acting import FERRY, ask, forget, last, restart, shown
from tests.support.discord.helping import labels, pings
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

TELL = "Tell me when there's an answer"


async def wait(world: World, private: bool = False) -> str:
    """Ask, and want to be told; return what is said to that."""
    answer = await ask(world, SAUNA, private=private)
    return shown(await world.alice.click(answer, label=TELL)).content


async def test_it_is_offered_under_an_abstention_alone(world: World) -> None:
    assert TELL in labels(await ask(world, SAUNA))
    assert TELL not in labels(await ask(world, FERRY))


async def test_whoever_pressed_is_told_where_they_asked_and_nobody_else_is_pinged(
    world: World,
) -> None:
    assert await wait(world) == NOTED
    since = len(world.env.http_requests)
    told = await answered(world, f"{HOT} @everyone <@{world.moderator.id}>")
    assert "🔔 Told 1 who wanted to know." in told.content
    message = last(world.channel)
    assert message.content.startswith(f"<@{world.alice.id}> There is an answer now:\n> {SAUNA}")
    assert f"**Mo**: {HOT}" in message.content
    assert "@everyone" not in message.content
    [allowed] = pings(world.env, since)
    assert allowed.get("parse", []) == []
    assert allowed["users"] == [world.alice.id]
    assert not allowed.get("roles")


async def test_nobody_is_told_who_did_not_press(world: World) -> None:
    await ask(world, SAUNA)
    before = len(world.channel.history())
    await answered(world)
    assert len(world.channel.history()) == before


async def test_whoever_asked_privately_is_told_directly(world: World) -> None:
    assert await wait(world, private=True) == NOTED_DIRECTLY
    before = len(world.channel.history())
    await answered(world)
    assert len(world.channel.history()) == before
    assert HOT in last(world.alice.user.dm_channel).content


async def test_two_presses_are_one_wish_and_it_may_be_taken_back(world: World) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=TELL)
    noted = shown(await world.alice.click(answer, label=TELL))
    assert noted.content == NOTED
    assert shown(await world.alice.click(noted, label="Don't tell me")).content == STOPPED
    before = len(world.channel.history())
    await answered(world)
    assert len(world.channel.history()) == before


async def test_a_wish_outlives_a_restart_and_is_fulfilled_once(world: World) -> None:
    await wait(world)
    await restart(world)
    await answered(world)
    record = world.services.libraries.records.gaps
    assert HOT in last(world.channel).content
    ids = [one.id for one in record.settled(world.guild.id)]
    assert record.take_waiting(ids, world.guild.id) == []


async def test_a_channel_that_is_gone_is_told_to_whoever_answered(world: World) -> None:
    place = world.guild.create_text_channel("short-lived")
    answer = await ask(world, SAUNA, channel=place)
    await world.alice.click(answer, label=TELL)
    world.env.backend.delete_channel(place.id)
    await world.env.settle()
    told = await answered(world)
    assert "🔕 1 member not told: The channel where that was to go is gone." in told.content


async def test_an_answer_that_is_all_signs_is_told_whole(world: World) -> None:
    await wait(world)
    told = await answered(world, f"{HOT} {'*_~ ' * 500}")
    assert "🔔 Told 1 who wanted to know." in told.content
    assert HOT in "".join(message.content for message in world.channel.history()[1:])


async def test_whoever_was_told_may_want_to_be_told_again(world: World) -> None:
    answer = await ask(world, SAUNA)
    record, asked = world.services.libraries.records.gaps, answer.interaction_metadata
    assert asked is not None
    await world.alice.click(answer, label=TELL)
    assert len(record.take_waiting([asked.id], world.guild.id)) == 1
    assert shown(await world.alice.click(answer, label=TELL)).content == NOTED
    assert len(record.take_waiting([asked.id], world.guild.id)) == 1


async def test_a_question_no_longer_on_record_is_asked_for_again(
    world: World, library: Library
) -> None:
    answer = await ask(world, SAUNA)
    forget(library)
    assert shown(await world.alice.click(answer, label=TELL)).content == FORGOTTEN
