"""*Ask a person*: the helpers get the question, once, and the asker gets their answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.discord.messages.split import MESSAGE, length
from bot.discord.records.hand_off_record import HandOff, HandOffRecord
from bot.discord.unanswered.hand_off import ALREADY, ANSWERED, ASKED, NO_HELPERS, NONE_TAKEN
from bot.discord.unanswered.hand_off_post import post_text
from bot.discord.unanswered.helper_replies import UNREADABLE
from retrieval.library import Library
from retrieval.types import Passage
from tests.support.discord.acting import (
    DOWN,
    FERRY,
    MESSAGES,
    MINUTE,
    UP,
    ask,
    channel_without,
    last,
    press,
    restart,
    shown,
)
from tests.support.discord.helping import Help, choices, choose, fill, labels, pings, set_up_help
from tests.support.discord.moderating import documents
from tests.support.discord.world import World
from tests.support.homes import note, put

pytestmark = pytest.mark.simcord(shard_count=1)

PERSON, TELL = "Ask a person", "Tell me when there's an answer"
SAUNA, HOT = "How hot is the sauna?", "The sauna is heated to ninety degrees."


@pytest.fixture
def help(world: World) -> Help:
    """Helpers of the server."""
    return set_up_help(world)


async def handed(world: World, question: str = SAUNA) -> str:
    """Ask, and want a person; return what the asker alone is told."""
    result = await world.alice.click(await ask(world, question), label=PERSON)
    assert result.ephemeral
    return shown(result).content


def posts(help: Help) -> list[discord.Message]:
    """The messages in the helpers' channel."""
    return help.channel.history()


# The button


async def test_it_is_offered_where_there_are_helpers_and_no_answer(world: World) -> None:
    assert PERSON not in labels(await ask(world, SAUNA))
    set_up_help(world)
    assert PERSON in labels(await ask(world, SAUNA))
    assert PERSON not in labels(await ask(world, FERRY))


async def test_it_is_offered_after_a_thumb_down(world: World, help: Help) -> None:
    answer = await ask(world, FERRY)
    await press(answer, DOWN, world.alice)
    assert PERSON in labels(last(world.channel))
    await press(answer, UP, world.alice)
    assert PERSON not in labels(last(world.channel))


# The post


async def test_the_helpers_get_the_question_with_what_came_nearest(
    world: World, help: Help
) -> None:
    assert await handed(world) == ASKED.format(channel=f"<#{world.channel.id}>")
    [post] = posts(help)
    assert post.content.startswith(f"<@&{help.role.id}> 🙋 <@{world.alice.id}> wants a person")
    assert f"> {SAUNA}" in post.content
    assert "3 places came nearest" in post.content
    assert post.content.count(": “") == 3


async def test_the_one_role_is_pinged_and_nothing_else(world: World, help: Help) -> None:
    since = len(world.env.http_requests)
    await handed(world)
    [allowed] = pings(world.env, since)
    assert allowed.get("parse", []) == []
    assert allowed["roles"] == [help.role.id]
    assert not allowed.get("users")


async def test_no_question_and_no_document_pings_anybody(
    world: World, library: Library, help: Help
) -> None:
    evil = f"@everyone @here <@&{help.role.id}> <@{world.moderator.id}>"
    put(library, [note("evil.txt", f"The sauna of {evil} is closed. {evil}", evil)])
    question = f"{SAUNA} {evil}"
    await press(await ask(world, question), DOWN, world.alice)
    since = len(world.env.http_requests)
    await world.alice.click(last(world.channel), label=PERSON)
    [post] = posts(help)
    assert post.content.count(f"<@&{help.role.id}>") == 1
    assert "@everyone" not in post.content
    assert f"<@{world.moderator.id}>" not in post.content
    [allowed] = pings(world.env, since)
    assert allowed.get("parse", []) == []
    assert allowed["roles"] == [help.role.id]


@pytest.mark.parametrize("quiet", [(22, 7), (3, 5)])
async def test_in_quiet_hours_it_is_posted_and_nobody_pinged(
    world: World, help: Help, quiet: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(world, quiet_hours=quiet)
    night = datetime(2026, 11, 30, 4, 30, tzinfo=UTC)
    object.__setattr__(world.services, "clock", lambda: night)
    since = len(world.env.http_requests)
    await handed(world)
    [post] = posts(help)
    assert "these are quiet hours" in post.content
    assert pings(world.env, since) == []


async def test_outside_quiet_hours_the_role_is_pinged(world: World, help: Help) -> None:
    choose(world, quiet_hours=(22, 7))
    noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    object.__setattr__(world.services, "clock", lambda: noon)
    since = len(world.env.http_requests)
    await handed(world)
    assert len(pings(world.env, since)) == 1


async def test_a_role_that_is_gone_is_said_to_be(world: World, help: Help) -> None:
    world.env.backend.delete_role(world.guild.id, help.role.id)
    await world.env.settle()
    since = len(world.env.http_requests)
    await handed(world)
    [post] = posts(help)
    assert "The helper role that was set is gone" in post.content
    assert pings(world.env, since) == []


async def test_a_role_above_the_bots_is_pinged_like_any_other(world: World, help: Help) -> None:
    world.env.backend.reorder_roles(world.guild.id, [{"id": str(help.role.id), "position": 9}])
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    role = guild.get_role(help.role.id)
    assert role is not None
    assert role > guild.me.top_role
    since = len(world.env.http_requests)
    await handed(world)
    [allowed] = pings(world.env, since)
    assert allowed["roles"] == [help.role.id]


async def test_a_role_that_may_not_be_pinged_is_named_with_the_place(world: World) -> None:
    set_up_help(world)
    role = world.guild.create_role("Silent helpers", mentionable=False)
    channel = channel_without(world, "mention_everyone")
    choose(world, helper_role=role.id, helper_channel=channel.id)
    await handed(world)
    post = last(channel)
    assert "I can't ping Silent helpers" in post.content
    assert f"<#{channel.id}>" in post.content


async def test_a_forum_gets_a_post_of_its_own(world: World, help: Help) -> None:
    forum = world.guild.create_forum_channel("help-desk")
    choose(world, helper_channel=forum.id)
    assert (await handed(world)).startswith("I have asked the helpers.")
    [thread] = forum.threads
    assert SAUNA in last(thread).content


# Once


async def test_a_second_press_hands_over_nothing(world: World, help: Help) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    for member in (world.alice, world.moderator):
        assert shown(await member.click(answer, label=PERSON)).content == ALREADY
    assert len(posts(help)) == 1


async def test_after_a_restart_it_is_handed_over_no_more(world: World, help: Help) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    await restart(world)
    assert shown(await world.alice.click(answer, label=PERSON)).content == ALREADY
    assert len(posts(help)) == 1


async def test_what_was_posted_before_a_crash_is_not_posted_again(world: World, help: Help) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    connection = world.services.libraries.records.hand_offs._connection
    connection.execute("UPDATE hand_offs SET post = NULL, helper_channel = NULL")
    await restart(world)
    await world.alice.click(answer, label=PERSON)
    assert len(posts(help)) == 1


async def test_what_was_not_posted_before_a_crash_is_posted_at_the_next_press(
    world: World, help: Help
) -> None:
    answer = await ask(world, SAUNA)
    metadata = answer.interaction_metadata
    assert metadata is not None
    record = world.services.libraries.records.hand_offs
    assert record.begin(metadata.id, world.guild.id, world.alice.id, None, None)
    await restart(world)
    await world.alice.click(answer, label=PERSON)
    assert len(posts(help)) == 1


async def test_a_helpers_channel_that_is_gone_is_said_to_be_and_may_be_tried_again(
    world: World, help: Help
) -> None:
    answer = await ask(world, SAUNA)
    world.env.backend.delete_channel(help.channel.id)
    await world.env.settle()
    told = shown(await world.alice.click(answer, label=PERSON)).content
    assert told.startswith("I could not ask the helpers.")
    other = world.guild.create_text_channel("other-helpers")
    choose(world, helper_channel=other.id)
    assert shown(await world.alice.click(answer, label=PERSON)).content.startswith("I have asked")
    assert len(other.history()) == 1


async def test_what_the_helpers_lost_is_handed_over_again_and_can_be_answered(
    world: World, help: Help
) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    world.env.backend.delete_message(help.channel.id, posts(help)[0].id)
    await world.env.settle()
    told = shown(await world.moderator.click(answer, label=PERSON)).content
    assert told == ASKED.format(channel=f"<#{world.channel.id}>")
    [post] = posts(help)
    assert f"<@{world.alice.id}> wants a person" in post.content
    assert HOT in (await replied(world, help)).content


async def test_where_the_helpers_have_moved_it_is_handed_over_again(
    world: World, help: Help
) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    world.env.backend.delete_channel(help.channel.id)
    await world.env.settle()
    other = world.guild.create_text_channel("other-helpers")
    choose(world, helper_channel=other.id)
    told = shown(await world.alice.click(answer, label=PERSON)).content
    assert told.startswith("I have asked the helpers.")
    assert SAUNA in last(other).content


async def test_a_post_of_a_forum_that_was_deleted_is_made_again(world: World, help: Help) -> None:
    forum = world.guild.create_forum_channel("help-desk")
    choose(world, helper_channel=forum.id)
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    assert shown(await world.alice.click(answer, label=PERSON)).content == ALREADY
    [thread] = forum.threads
    world.env.backend.delete_channel(thread.id)
    await world.env.settle()
    told = shown(await world.alice.click(answer, label=PERSON)).content
    assert told.startswith("I have asked the helpers.")
    [again] = forum.threads
    assert SAUNA in last(again).content


async def test_where_discord_does_not_say_it_is_taken_to_stand(world: World, help: Help) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    world.env.inject_error("GET", "/channels/*/messages/*", status=403, code=50001)
    assert shown(await world.alice.click(answer, label=PERSON)).content == ALREADY
    assert len(posts(help)) == 1


async def test_a_member_may_hand_over_so_many_questions_a_day_and_others_theirs(
    world: World, help: Help
) -> None:
    choose(world, daily_hand_offs=2)
    first, second, third = [await ask(world, f"Where is the {x}?") for x in ("yak", "zoo", "gnu")]
    for answer in (first, second):
        await world.alice.click(answer, label=PERSON)
    told = shown(await world.alice.click(third, label=PERSON)).content
    assert told.startswith("You had 2 questions handed to the helpers today.")
    assert "You can hand over the next <t:" in told
    assert shown(await world.alice.click(first, label=PERSON)).content == ALREADY
    assert len(posts(help)) == 2
    mine = await ask(world, "Where is the emu?", by=world.moderator)
    told = shown(await world.moderator.click(mine, label=PERSON)).content
    assert told.startswith("I have asked")
    tomorrow = datetime.now(UTC) + timedelta(days=1, minutes=1)
    object.__setattr__(world.services, "clock", lambda: tomorrow)
    told = shown(await world.alice.click(third, label=PERSON)).content
    assert told.startswith("I have asked")


async def test_of_several_handed_over_in_one_instant_no_more_than_allowed_pass(
    world: World, help: Help, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each looks how many there were before any of them is on record."""
    choose(world, daily_hand_offs=2)
    answers = [await ask(world, f"Where is the {x}?") for x in ("yak", "zoo", "gnu")]
    record, real, looks = world.services.libraries.records.hand_offs, HandOffRecord.begun_since, []

    def begun_since(*args: Any) -> list[datetime]:
        looks.append(args)
        return [] if len(looks) <= len(answers) else real(record, *args)

    monkeypatch.setattr(record, "begun_since", begun_since)
    said = [shown(await world.alice.click(answer, label=PERSON)).content for answer in answers]
    assert [one.startswith("I have asked") for one in said] == [True, True, False]
    assert said[2].startswith("You had 2 questions handed to the helpers today.")
    assert len(posts(help)) == 2


async def test_a_server_may_take_no_questions_for_a_while(world: World, help: Help) -> None:
    choose(world, daily_hand_offs=0)
    assert await handed(world) == NONE_TAKEN
    assert posts(help) == []


async def test_what_discord_refused_does_not_count(world: World, help: Help) -> None:
    choose(world, daily_hand_offs=1)
    answer = await ask(world, SAUNA)
    world.env.inject_error("POST", MESSAGES, status=403, code=50013)
    told = shown(await world.alice.click(answer, label=PERSON)).content
    assert told.startswith("I could not ask the helpers.")
    told = shown(await world.alice.click(answer, label=PERSON)).content
    assert told.startswith("I have asked")


def test_however_long_places_are_the_post_says_how_to_reply() -> None:
    near = Passage("d", "T" * 300, f"https://x.example/{'a' * 900}", None, 0, 9, "*" * 600)
    found = HandOff(1, 2, "*" * 700, 3, 4, 5)
    text, _ = post_text(found, [near] * 3, None, "Nobody was pinged.")
    assert length(text) <= MESSAGE
    assert text.count(": “") == 3
    assert "Reply to this message" in text
    assert text.endswith("Nobody was pinged.")


async def test_a_helper_is_told_where_it_went_however_long_the_reply_is(
    world: World, help: Help
) -> None:
    await handed(world)
    opened = await help.helper.click(posts(help)[0], label="Reply")
    await fill(opened, help.helper, answer="*" * 1500)
    assert last(help.channel).content.endswith(f"Passed on to <#{world.channel.id}>.")
    assert "Keep this answer" in labels(last(help.channel))


async def test_a_missing_permission_is_named_with_the_place(world: World, help: Help) -> None:
    closed = channel_without(world, "send_messages")
    choose(world, helper_channel=closed.id)
    told = await handed(world)
    assert f"I may not post in <#{closed.id}>: allow me *Send Messages* there." in told


async def test_what_is_too_much_at_once_is_tried_again(world: World, help: Help) -> None:
    answer = await ask(world, SAUNA)
    world.env.inject_error("POST", MESSAGES, status=429)
    result = await world.alice.click(answer, label=PERSON)
    await world.env.advance_time(60)
    assert shown(result).content.startswith("I have asked")
    assert len(posts(help)) == 1


async def test_without_helpers_by_now_it_says_so(world: World, help: Help) -> None:
    answer = await ask(world, SAUNA)
    choose(world, helper_channel=None)
    assert shown(await world.alice.click(answer, label=PERSON)).content == NO_HELPERS


# The reply


async def replied(world: World, help: Help, text: str = HOT) -> discord.Message:
    """The last message where it was asked, once a helper has replied."""
    await reply(world, help, text)
    return last(world.channel)


async def reply(world: World, help: Help, text: str = HOT) -> None:
    """Reply to what stands in the helpers' channel."""
    ours = f"<@{world.bot.user.id}> " if world.bot.user else ""
    await help.helper.send(help.channel, ours + text, reply_to=posts(help)[0])


async def test_a_reply_goes_to_where_it_was_asked_under_the_helpers_name(
    world: World, help: Help
) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    since = len(world.env.http_requests)
    message = await replied(world, help)
    assert message.content == f"**Hal** replies:\n> {SAUNA}\n\n{HOT}"
    assert message.reference is not None
    assert message.reference.message_id == answer.id
    assert last(help.channel).content == f"Passed on to <#{world.channel.id}>."
    assert pings(world.env, since) == []


async def test_a_reply_is_passed_on_after_a_restart(world: World, help: Help) -> None:
    await handed(world)
    await restart(world)
    assert HOT in (await replied(world, help)).content


async def test_whoever_wants_to_be_told_is_pinged_by_it_and_nobody_else(
    world: World, help: Help
) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    await world.alice.click(answer, label=TELL)
    since = len(world.env.http_requests)
    message = await replied(world, help, f"{HOT} @everyone <@{world.moderator.id}>")
    assert message.content.startswith(f"<@{world.alice.id}> **Hal** replies:")
    [allowed] = pings(world.env, since)
    assert allowed.get("parse", []) == []
    assert allowed["users"] == [world.alice.id]
    assert not allowed.get("roles")


async def test_all_who_want_to_be_told_are_however_many_and_wherever(
    world: World, help: Help
) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    record, asked = world.services.libraries.records.gaps, answer.interaction_metadata
    assert asked is not None
    elsewhere = world.guild.create_text_channel("elsewhere")
    everybody = [world.guild.add_member(world.env.create_user(f"m{n}")).id for n in range(52)]
    for member in everybody:
        record.wait(asked.id, world.guild.id, member, world.channel.id, answer.id)
    record.wait(asked.id, world.guild.id, world.moderator.id, elsewhere.id, None)
    since = len(world.env.http_requests)
    await replied(world, help)
    called = [user for allowed in pings(world.env, since) for user in allowed["users"]]
    assert sorted(called) == sorted([*everybody, world.moderator.id])
    assert all(len(allowed["users"]) <= 100 for allowed in pings(world.env, since))
    assert HOT in last(elsewhere).content


async def test_a_locked_thread_is_said_to_be(world: World, help: Help) -> None:
    await handed(world)
    world.env.inject_error("POST", MESSAGES, status=403, code=160005)
    await reply(world, help)
    assert f"<#{world.channel.id}> is locked or archived" in last(help.channel).content


async def test_the_button_reply_works_without_reading_messages(world: World, help: Help) -> None:
    await handed(world)
    opened = await help.helper.click(posts(help)[0], label="Reply")
    await restart(world)
    await world.env.advance_time(16 * MINUTE)
    await fill(opened, help.helper, answer=HOT)
    assert last(world.channel).content.endswith(HOT)
    assert "**Hal** replied" in last(help.channel).content


async def test_a_reply_that_can_not_be_read_is_told_how(world: World, help: Help) -> None:
    await handed(world)
    await help.helper.send(help.channel, HOT, reply_to=posts(help)[0])
    if not last(help.channel).content.startswith("Passed on"):
        assert last(help.channel).content == UNREADABLE.format(button="Reply")


async def test_other_talk_in_the_helpers_channel_goes_nowhere(world: World, help: Help) -> None:
    await handed(world)
    before = len(world.channel.history())
    await help.helper.send(help.channel, "Does anybody know?")
    assert len(world.channel.history()) == before


async def test_an_asker_who_left_gets_the_answer_where_they_asked(world: World, help: Help) -> None:
    await handed(world)
    world.env.backend.remove_member(world.guild.id, world.alice.id)
    await world.env.settle()
    assert HOT in (await replied(world, help)).content


async def test_a_place_that_is_gone_is_told_to_the_helper_and_the_reply_kept(
    world: World, help: Help
) -> None:
    place = world.guild.create_text_channel("short-lived")
    answer = await ask(world, SAUNA, channel=place)
    await world.alice.click(answer, label=PERSON)
    world.env.backend.delete_channel(place.id)
    await world.env.settle()
    await reply(world, help)
    assert last(help.channel).content.startswith("Not passed on: The channel where that was to go")
    record = world.services.libraries.records.hand_offs
    assert [one.reply for one in record.to_keep(world.guild.id)] == [HOT]


async def test_a_private_question_is_answered_directly(world: World, help: Help) -> None:
    answer = await ask(world, SAUNA, private=True)
    await world.alice.click(answer, label=PERSON)
    before = len(world.channel.history())
    await reply(world, help)
    assert len(world.channel.history()) == before
    assert HOT in last(world.alice.user.dm_channel).content


async def test_once_answered_a_press_says_so(world: World, help: Help) -> None:
    answer = await ask(world, SAUNA)
    await world.alice.click(answer, label=PERSON)
    await replied(world, help)
    assert shown(await world.alice.click(answer, label=PERSON)).content == ANSWERED


# Keeping it


async def test_a_reply_is_kept_as_a_document_in_the_helpers_name(world: World, help: Help) -> None:
    await handed(world)
    await replied(world, help)
    opened = await world.moderator.click(last(help.channel), label="Keep this answer")
    assert opened.modal is not None
    assert HOT in str(opened.modal)
    told = await fill(opened, world.moderator, question=SAUNA, answer=HOT)
    assert "Asked again: 1 of 1 wording answered now." in told.content
    [document] = documents(world)
    assert document.author == "Hal"
    assert HOT in (await ask(world, SAUNA)).content


async def test_only_those_who_may_manage_the_server_can_keep_it(world: World, help: Help) -> None:
    await handed(world)
    await replied(world, help)
    result = await help.helper.click(last(help.channel), label="Keep this answer")
    assert shown(result).content == "Only those who may use /gaps here can do that."


async def test_whoever_may_manage_it_no_longer_can_not_keep_it(world: World, help: Help) -> None:
    await handed(world)
    await replied(world, help)
    opened = await world.moderator.click(last(help.channel), label="Keep this answer")
    world.env.backend.delete_role(world.guild.id, world.guild.roles["Mods"].id)
    told = await fill(opened, world.moderator, question=SAUNA, answer=HOT)
    assert told.content == "Only those who may use /gaps here can do that."
    assert documents(world) == []


async def test_a_reply_stands_in_the_list_of_gaps_to_be_kept(world: World, help: Help) -> None:
    await handed(world)
    await replied(world, help)
    listed = shown(await world.moderator.slash(world.channel, "gaps"))
    gap = shown(await world.moderator.select(listed, [choices(listed)[SAUNA]]))
    assert f"💬 **Hal** replied: {HOT}" in gap.content
    assert "Keep this answer" in labels(gap)
