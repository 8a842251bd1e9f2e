"""In a watched channel only a question to nobody in particular is answered; people come first."""

import pytest
import simcord

from bot.discord.records.server_settings import ChannelSettings, ServerSettings
from tests.support.discord.acting import FERRY, LEAVES, UNKNOWN, channel_without, mention, restart
from tests.support.discord.forum import said_by_bot, wait, watch
from tests.support.discord.world import World

pytestmark = [
    pytest.mark.simcord(shard_count=1),
    pytest.mark.options(message_content=True),
]


@pytest.fixture
def bob(world: World) -> simcord.MemberActor:
    """Another member."""
    return world.guild.add_member(world.env.create_user("bob", global_name="Bob"))


async def said(world: World, *messages: tuple[simcord.MemberActor, str]) -> list[str]:
    """Return what the bot says after members said some things in a watched channel."""
    watch(world, world.channel)
    for member, text in messages:
        await member.send(world.channel, text)
    await wait(world)
    return [message.content for message in said_by_bot(world, world.channel)]


async def test_a_question_to_nobody_is_answered_by_a_reply(world: World) -> None:
    [answer] = await said(world, (world.alice, FERRY))
    assert LEAVES in answer
    [reply] = said_by_bot(world, world.channel)
    assert reply.reference is not None
    assert reply.mentions == []


@pytest.mark.parametrize("text", ["The ferry leaves at nine.", "ok thanks!", "lol?", "???"])
async def test_what_asks_nothing_is_let_be(world: World, text: str) -> None:
    assert await said(world, (world.alice, text)) == []
    assert world.services.libraries.question_log.totals().questions == 0


async def test_what_it_is_not_sure_of_is_put_on_record_in_silence(world: World) -> None:
    assert await said(world, (world.alice, UNKNOWN)) == []
    assert world.services.libraries.question_log.totals().abstained == 1


async def test_a_question_to_somebody_is_let_be(world: World, bob: simcord.MemberActor) -> None:
    assert await said(world, (world.alice, f"<@{bob.id}> when does the ferry leave?")) == []


async def test_a_command_is_let_be_and_the_bots_own_is_answered_once(world: World) -> None:
    assert await said(world, (world.alice, "/play when does the ferry leave?")) == []
    [answer] = await said(world, (world.alice, f"/ask {FERRY}"))
    assert LEAVES in answer


async def test_a_reply_is_let_be(world: World, bob: simcord.MemberActor) -> None:
    watch(world, world.channel)
    told = await bob.send(world.channel, "I go to the island tomorrow.")
    await world.alice.send(world.channel, FERRY, reply_to=told)
    await wait(world)
    assert said_by_bot(world, world.channel) == []


async def test_members_talk_is_let_be(world: World, bob: simcord.MemberActor) -> None:
    assert await said(world, (bob, "I go to the island tomorrow."), (world.alice, FERRY)) == []


async def test_talk_that_is_over_is_none(world: World, bob: simcord.MemberActor) -> None:
    watch(world, world.channel)
    await bob.send(world.channel, "I go to the island tomorrow.")
    await wait(world, 300)
    [answer] = await said(world, (world.alice, FERRY))
    assert LEAVES in answer


async def test_a_question_that_somebody_took_up_is_let_be(
    world: World, bob: simcord.MemberActor
) -> None:
    assert await said(world, (world.alice, FERRY), (bob, "At nine, as always.")) == []


async def test_two_questions_of_two_members_are_both_answered(
    world: World, bob: simcord.MemberActor
) -> None:
    asked = "How long is rye bread baked?"
    assert len(await said(world, (world.alice, FERRY), (bob, asked))) == 2


async def test_a_question_that_is_taken_back_is_let_be(world: World) -> None:
    assert await said(world, (world.alice, FERRY), (world.alice, "nvm, found it")) == []


async def test_a_deleted_question_is_let_be(world: World) -> None:
    watch(world, world.channel)
    await world.alice.delete(await world.alice.send(world.channel, FERRY))
    await wait(world)
    assert said_by_bot(world, world.channel) == []
    assert world.services.watched.unfinished() == []


async def test_an_answer_in_a_thread_of_its_own(world: World, bob: simcord.MemberActor) -> None:
    watch(world, world.channel, answer_in_thread=True)
    await world.alice.send(world.channel, FERRY)
    await wait(world)
    assert said_by_bot(world, world.channel) == []
    [thread] = world.channel.threads
    assert thread.name == FERRY
    [answer] = said_by_bot(world, thread)
    assert LEAVES in answer.content
    await bob.send(thread, "What does a ticket cost?")
    await world.env.settle()
    assert len(said_by_bot(world, thread)) == 1
    await world.alice.send(thread, "And what does a ticket cost?")
    await world.env.settle()
    assert "four crowns" in said_by_bot(world, thread)[-1].content


async def test_a_thread_gets_a_name_that_discord_takes(world: World) -> None:
    watch(world, world.channel, answer_in_thread=True)
    await world.alice.send(world.channel, f"{FERRY} https://skerry.example/{'a' * 100}")
    await world.alice.send(world.channel, f"{'F' * 120} when does the ferry leave?")
    await wait(world)
    assert world.channel.threads
    assert all(len(thread.name or "") <= 100 for thread in world.channel.threads)


async def test_it_is_answered_once_over_a_restart(world: World) -> None:
    watch(world, world.channel)
    await world.alice.send(world.channel, FERRY)
    await restart(world)
    await wait(world)
    await restart(world)
    await wait(world)
    assert len(said_by_bot(world, world.channel)) == 1


async def test_where_it_may_not_write_nothing_breaks(world: World) -> None:
    channel = channel_without(world, "send_messages")
    watch(world, channel)
    await world.alice.send(channel, FERRY)
    await wait(world)
    assert said_by_bot(world, channel) == []
    assert world.services.watched.unfinished() == []


async def test_where_it_is_off_even_a_mention_is_let_be(world: World) -> None:
    await mention(world, FERRY)
    off = {world.channel.id: ChannelSettings("off")}
    world.services.settings.save(ServerSettings(world.guild.id, off))
    await world.alice.send(world.channel, f"{world.mention} {FERRY}")
    await wait(world)
    assert len(said_by_bot(world, world.channel)) == 1


async def test_another_server_is_not_watched(world: World) -> None:
    watch(world, world.channel)
    guild = world.env.create_guild("Other")
    channel = guild.create_text_channel("general")
    await guild.add_member(world.alice.user).send(channel, FERRY)
    await wait(world)
    assert said_by_bot(world, channel) == []
