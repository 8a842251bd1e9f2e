"""A post in a watched forum is answered once, only where the bot is sure, and people come first."""

import discord
import pytest
import simcord

from bot.discord.records.server_settings import ServerSettings
from tests.support.discord.acting import (
    DOWN,
    FERRY,
    LEAVES,
    UNKNOWN,
    buttons,
    last,
    mention,
    press,
    restart,
    shown,
)
from tests.support.discord.forum import PAUSE, post, said_by_bot, wait, watch, watched_forum
from tests.support.discord.helping import fill, set_up_help
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)
reading_along = pytest.mark.options(message_content=True)

TITLE, BODY = "Ferry", "Hi all, when does the ferry leave?"


@pytest.fixture
def helper(world: World) -> simcord.MemberActor:
    """A member with a role of helpers, who may manage nothing."""
    role = world.guild.create_role("Helpers")
    settings = world.services.settings
    user = world.env.create_user("helen", global_name="Helen")
    member = world.guild.add_member(user, roles=[role])
    from dataclasses import replace

    settings.save(replace(settings.of(world.guild.id), helper_role=role.id))
    return member


def unanswered(world: World) -> int:
    return world.services.libraries.question_log.totals().abstained


# What is answered


@reading_along
async def test_a_post_is_answered_in_it_after_the_pause(world: World) -> None:
    forum = watched_forum(world)
    thread = await post(world, forum, TITLE, BODY)
    await wait(world, PAUSE - 1)
    assert said_by_bot(world, thread) == []
    await wait(world, 1)
    [answer] = said_by_bot(world, thread)
    assert LEAVES in answer.content
    sources = shown(await press(answer, "📖", world.moderator))
    assert "nine in the morning" in sources.content


async def test_a_title_is_enough_where_the_body_can_not_be_read(world: World) -> None:
    thread = await post(world, watched_forum(world), FERRY, "I have to be on the island by ten.")
    await wait(world)
    [answer] = said_by_bot(world, thread)
    assert LEAVES in answer.content


@reading_along
async def test_the_title_says_what_the_body_points_at(world: World) -> None:
    forum = watched_forum(world)
    thread = await post(world, forum, "The ferry to Skerry", "When does it leave?")
    await wait(world)
    [answer] = said_by_bot(world, thread)
    assert "nine in the morning" in answer.content


@reading_along
async def test_what_it_is_not_sure_of_is_met_with_silence_and_put_on_record(world: World) -> None:
    thread = await post(world, watched_forum(world), "Paris", UNKNOWN)
    await wait(world)
    assert said_by_bot(world, thread) == []
    assert unanswered(world) == 1
    asked = world.services.libraries.question_log.find(thread.id, world.guild.id)
    assert asked is not None
    assert asked.question == UNKNOWN


@reading_along
async def test_an_answer_below_the_servers_threshold_is_not_given(world: World) -> None:
    thread = await post(world, watched_forum(world, sureness=1.0), TITLE, BODY)
    await wait(world)
    assert said_by_bot(world, thread) == []
    assert unanswered(world) == 1


@reading_along
async def test_a_forum_that_is_not_watched_is_let_be(world: World) -> None:
    forum = world.guild.create_forum_channel("talk")
    thread = await post(world, forum, TITLE, BODY)
    await wait(world)
    assert said_by_bot(world, thread) == []


# Who comes first


@reading_along
@pytest.mark.parametrize("who", ["moderator", "helper"])
async def test_it_is_silent_once_staff_has_spoken(
    world: World, helper: simcord.MemberActor, who: str
) -> None:
    forum = world.guild.create_forum_channel("help")
    watch(world, forum, helper_role=world.guild.roles["Helpers"].id)
    thread = await post(world, forum, TITLE, BODY)
    staff = helper if who == "helper" else world.moderator
    await staff.send(thread, "Let me look.")
    await wait(world)
    assert said_by_bot(world, thread) == []


@reading_along
async def test_it_is_silent_when_another_member_was_first(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    bob = world.guild.add_member(world.env.create_user("bob"))
    await bob.send(thread, "At nine!")
    await wait(world)
    assert said_by_bot(world, thread) == []


@reading_along
async def test_a_post_that_needs_no_answer_any_more_is_let_be(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    await world.alice.send(thread, "nvm, found it")
    await wait(world)
    assert said_by_bot(world, thread) == []


@reading_along
async def test_a_post_with_the_tag_for_solved_is_let_be(world: World) -> None:
    forum = watched_forum(world, solved="Done")
    tags = [{"id": "7", "name": "done", "moderated": False, "emoji_id": None, "emoji_name": None}]
    world.env.backend.edit_channel(forum.id, {"available_tags": tags})
    thread = await post(world, forum, TITLE, BODY)
    world.env.backend.edit_channel(thread.id, {"applied_tags": [7]})
    await wait(world)
    assert said_by_bot(world, thread) == []


@reading_along
@pytest.mark.parametrize("state", ["locked", "archived"])
async def test_a_closed_post_is_let_be(world: World, state: str) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    world.env.backend.edit_channel(thread.id, {}, thread_metadata={state: True})
    await wait(world)
    assert said_by_bot(world, thread) == []


# What happens meanwhile


@reading_along
async def test_an_edited_post_is_answered_as_it_reads_now(world: World) -> None:
    thread = await post(world, watched_forum(world), "Question", UNKNOWN)
    await world.alice.edit(thread.history()[0], BODY)
    await wait(world)
    [answer] = said_by_bot(world, thread)
    assert LEAVES in answer.content


@reading_along
@pytest.mark.parametrize("what", ["post", "forum", "opening"])
async def test_what_was_deleted_meanwhile_is_forgotten(
    world: World, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    forum = watched_forum(world)
    thread = await post(world, forum, TITLE, BODY)
    backend = world.env.backend
    if what == "opening":
        backend.delete_message(thread.id, thread.id)
    else:
        backend.delete_channel(thread.id)
    if what == "forum":
        backend.delete_channel(forum.id)
    await wait(world)
    assert world.services.watched.unfinished() == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@reading_along
async def test_where_it_may_not_write_the_log_names_the_permission_and_the_place(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    forum = watched_forum(world)
    thread = await post(world, forum, TITLE, BODY)
    assert world.bot.user is not None
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await wait(world)
    [told] = [record for record in caplog.records if record.levelname == "WARNING"]
    assert told.message == "may not answer unasked"
    assert getattr(told, "channel", None) == forum.id
    assert world.services.watched.of(thread.id).state == "let be"  # type: ignore[union-attr]


@reading_along
async def test_a_429_is_waited_for(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    world.env.inject_error("POST", "/channels/*/messages", status=429)
    await wait(world)
    await wait(world, 60)
    [answer] = said_by_bot(world, thread)
    assert LEAVES in answer.content


# Never twice


@reading_along
async def test_a_post_that_is_waited_for_is_answered_once_over_a_restart(world: World) -> None:
    forum = watched_forum(world)
    before, during = await post(world, forum, TITLE, BODY), await post(world, forum, TITLE, BODY)
    await wait(world)
    waiting = await post(world, forum, TITLE, BODY)
    await restart(world)
    await wait(world)
    await restart(world)
    await wait(world)
    for thread in (before, during, waiting):
        assert len(said_by_bot(world, thread)) == 1


@reading_along
async def test_an_answer_that_was_cut_short_before_it_was_on_record_is_not_given_again(
    world: World,
) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    await mention(world, FERRY, channel=thread)
    await restart(world)
    await wait(world)
    assert len(said_by_bot(world, thread)) == 1


@reading_along
async def test_what_is_too_old_after_a_restart_is_let_be(world: World) -> None:
    thread = await post(world, watched_forum(world, pause=7000.0), TITLE, BODY)
    await wait(world, 3700)
    await restart(world)
    await wait(world, 7000)
    assert said_by_bot(world, thread) == []
    assert world.services.watched.unfinished() == []


@reading_along
async def test_a_cooldown_puts_an_answer_off(world: World) -> None:
    forum = watched_forum(world, cooldown=100.0)
    threads = [await post(world, forum, TITLE, BODY) for _ in range(2)]
    await wait(world)
    # Both are due in the same moment, and looked at side by side.
    assert sorted(len(said_by_bot(world, thread)) for thread in threads) == [0, 1]
    await wait(world, 100)
    assert [len(said_by_bot(world, thread)) for thread in threads] == [1, 1]


@reading_along
async def test_a_server_gets_no_more_than_so_many_answers_an_hour(world: World) -> None:
    forum = watched_forum(world, hourly_cap=1)
    threads = [await post(world, forum, TITLE, BODY) for _ in range(3)]
    await wait(world)
    assert sum(len(said_by_bot(world, thread)) for thread in threads) == 1
    await wait(world, 3600)
    thread = await post(world, forum, TITLE, BODY)
    await wait(world)
    assert len(said_by_bot(world, thread)) == 1


# Follow-ups


@reading_along
async def test_only_the_original_posters_follow_ups_are_answered(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    await wait(world)
    bob = world.guild.add_member(world.env.create_user("bob"))
    await bob.send(thread, "And what does a ticket cost?")
    assert len(said_by_bot(world, thread)) == 1
    await world.alice.send(thread, "And what does a ticket cost?")
    await world.env.settle()
    [_, follow_up] = said_by_bot(world, thread)
    assert "four crowns" in follow_up.content


@reading_along
async def test_thanks_and_what_it_can_not_answer_are_met_with_silence(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    await wait(world)
    await world.alice.send(thread, "ok thanks!")
    await world.alice.send(thread, UNKNOWN)
    await world.env.settle()
    assert len(said_by_bot(world, thread)) == 1
    assert unanswered(world) == 1


@reading_along
async def test_after_staff_spoke_only_a_mention_is_answered(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    await wait(world)
    await world.moderator.send(thread, "I take over from here.")
    await world.alice.send(thread, "And what does a ticket cost?")
    await world.env.settle()
    assert len(said_by_bot(world, thread)) == 1
    assert (
        "four crowns" in (await mention(world, "What does a ticket cost?", channel=thread)).content
    )


@reading_along
async def test_a_helper_who_replies_through_the_bot_has_spoken(world: World) -> None:
    help = set_up_help(world)
    forum = world.guild.create_forum_channel("questions")
    watch(world, forum, helper_role=help.role.id, helper_channel=help.channel.id)
    thread = await post(world, forum, TITLE, BODY)
    await wait(world)
    await press(said_by_bot(world, thread)[0], DOWN, world.alice)
    await world.alice.click(said_by_bot(world, thread)[0], label="Ask a person")
    replied = await help.helper.click(last(help.channel), label="Reply")
    await fill(replied, help.helper, answer="It leaves at ten on Sundays.")
    assert "at ten on Sundays" in last(thread).content
    before = len(said_by_bot(world, thread))
    await world.alice.send(thread, "And what does a ticket cost?")
    await world.env.settle()
    assert len(said_by_bot(world, thread)) == before


@reading_along
async def test_staff_is_seen_in_a_long_thread(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    await wait(world)
    for _ in range(60):
        world.env.backend.create_message(thread.id, world.alice.id, "Thanks.")
    await world.moderator.send(thread, "I take over from here.")
    await world.alice.send(thread, "What does a ticket to Skerry cost?")
    await world.env.settle()
    assert len(said_by_bot(world, thread)) == 1


@reading_along
async def test_a_follow_up_is_let_be_where_it_is_watched_no_longer(world: World) -> None:
    forum = watched_forum(world)
    thread = await post(world, forum, TITLE, BODY)
    await wait(world)
    world.services.settings.save(ServerSettings(world.guild.id))
    await world.alice.send(thread, "And what does a ticket cost?")
    await world.env.settle()
    assert len(said_by_bot(world, thread)) == 1


@reading_along
async def test_nobody_gets_more_follow_ups_than_questions(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    await wait(world)
    for _ in range(world.services.limits.allowance.questions + 2):
        await world.alice.send(thread, "And what does a ticket cost?")
    await world.env.settle()
    assert len(said_by_bot(world, thread)) == 1 + world.services.limits.allowance.questions


@reading_along
async def test_a_mention_added_to_a_post_it_was_silent_on_is_answered(world: World) -> None:
    thread = await post(world, watched_forum(world, sureness=1.0), TITLE, BODY)
    await wait(world)
    assert said_by_bot(world, thread) == []
    await world.alice.edit(thread.history()[0], f"{BODY} {world.mention}")
    [answer] = said_by_bot(world, thread)
    assert "nine in the morning" in answer.content


@reading_along
async def test_the_answer_pings_nobody(world: World) -> None:
    thread = await post(world, watched_forum(world), TITLE, BODY)
    await wait(world)
    [answer] = said_by_bot(world, thread)
    assert answer.mentions == []
    assert isinstance(answer, discord.Message)
    assert buttons(answer)
