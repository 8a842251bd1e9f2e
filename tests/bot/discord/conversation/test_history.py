"""A follow-up is understood from what it follows, which is read from Discord: nothing is kept."""

import pytest
import simcord

from bot.discord.conversation.subject import UNREADABLE
from retrieval.library import Library
from tests.support.discord.acting import (
    BORN,
    FERRY,
    FIRST,
    LEAVES,
    MINUTE,
    THEN,
    Heard,
    about_ada,
    ask,
    channel_without,
    last,
    long_answer,
    mention,
    ours,
    overhear,
    say,
    script,
    shown,
    write,
)
from tests.support.discord.world import LIGHTHOUSE, World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.either_intent]
reading_along = pytest.mark.options(message_content=True)
mentions_only = pytest.mark.options(message_content=False)


async def test_a_reply_to_an_answer_is_a_follow_up(world: World, heard: list[Heard]) -> None:
    answer = await mention(world, FIRST)
    reply = await say(world, THEN, reply_to=answer)
    assert about_ada(reply)
    [turn] = heard[-1].turns
    assert turn.question == FIRST
    assert turn.answer == f"{LIGHTHOUSE} [1]"


async def test_a_mention_begins_anew(world: World, heard: list[Heard]) -> None:
    await mention(world, FIRST)
    assert not about_ada(await mention(world, THEN))
    assert heard[-1].turns == ()


async def test_a_follow_up_goes_back_over_all_the_replies_before_it(
    world: World, heard: list[Heard]
) -> None:
    follow_ups = ["What does a ticket cost?", FIRST, THEN]
    answer = await mention(world, FERRY)
    for question in follow_ups:
        answer = await say(world, question, reply_to=answer)
    assert about_ada(answer)
    assert heard[-1].questions == [FERRY, *follow_ups[:-1]]
    assert [turn.answer.partition(" [1]")[0] for turn in heard[-1].turns] == [
        LEAVES,
        "The ferry to Skerry leaves at nine in the morning. A ticket costs four crowns.",
        LIGHTHOUSE,
    ]


async def test_another_member_may_follow_up(world: World, heard: list[Heard]) -> None:
    answer = await mention(world, FIRST)
    assert about_ada(await say(world, THEN, reply_to=answer, by=world.moderator))
    assert heard[-1].questions == [FIRST]


@reading_along
async def test_a_reply_to_an_answer_of_the_command_is_a_follow_up(
    world: World, heard: list[Heard]
) -> None:
    answer = await ask(world, FIRST)
    assert about_ada(await say(world, THEN, reply_to=answer))
    [turn] = heard[-1].turns
    assert (turn.question, turn.answer) == (FIRST, f"{LIGHTHOUSE} [1]")


@mentions_only
async def test_such_a_reply_needs_a_mention_where_messages_may_not_be_read_along(
    world: World, heard: list[Heard]
) -> None:
    answer = await ask(world, FIRST)
    said = await say(world, THEN, reply_to=answer)
    assert said.content == UNREADABLE.format(button="Follow-up")
    assert about_ada(await mention(world, THEN, reply_to=answer))
    assert heard[-1].questions == [FIRST]


async def test_a_question_reads_the_same_when_it_is_read_back(
    world: World, heard: list[Heard]
) -> None:
    question = "Is *the* first `keeper` of #1_lighthouse, see https://skerry.example/a_b, [known]?"
    answer = await ask(world, question)
    await mention(world, THEN, reply_to=answer)
    assert heard[-1].questions == [question]


async def test_the_replies_end_at_a_message_that_was_deleted(
    world: World, heard: list[Heard]
) -> None:
    first = await mention(world, FERRY)
    second = await say(world, FIRST, reply_to=first)
    world.env.backend.delete_message(world.channel.id, first.id)
    assert about_ada(await say(world, THEN, reply_to=second))
    assert heard[-1].questions == [FIRST]


async def test_an_answer_is_remembered_though_its_question_was_deleted(world: World) -> None:
    answer = await mention(world, FIRST)
    await world.alice.delete(world.channel.history()[0])
    assert about_ada(await say(world, THEN, reply_to=answer))


async def test_a_reply_to_the_last_part_of_a_long_answer_is_a_follow_up(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as scripted:
        script(scripted, library, long_answer)
        end = await mention(world, FERRY)
    heard = overhear(monkeypatch, library)
    await say(world, THEN, reply_to=end)
    assert heard[-1].questions == [FERRY]


async def test_where_history_may_not_be_read_a_follow_up_stands_alone_and_is_answered(
    world: World, heard: list[Heard]
) -> None:
    channel = channel_without(world, "read_message_history")
    first = await mention(world, FERRY, channel=channel)
    second = await say(world, FIRST, reply_to=first, channel=channel)
    answer = await say(world, THEN, reply_to=second, channel=channel)
    assert ours(world, answer)
    assert BORN in answer.content
    assert [asked.question for asked in heard] == [FERRY, FIRST, THEN]
    simcord.assert_no_errors(world.env)


async def test_a_question_in_reply_to_a_member_may_lean_on_what_they_said(
    world: World, heard: list[Heard]
) -> None:
    said = await mention(world, "I think Ada Lorne was the first keeper of the lighthouse.")
    remark = world.channel.history()[0]
    assert ours(world, said)
    assert about_ada(await mention(world, THEN, reply_to=remark, by=world.moderator))
    assert heard[-1].questions == ["I think Ada Lorne was the first keeper of the lighthouse."]


async def test_hints_and_small_talk_of_the_bot_are_no_turns(
    world: World, heard: list[Heard]
) -> None:
    hint = await mention(world, "")
    await mention(world, FIRST, reply_to=hint)
    assert not heard[-1].turns
    for words in ("hi", FIRST, "who are you?"):
        await write(world, words)
    assert about_ada(await write(world, THEN))
    assert heard[-1].questions == [FIRST]
    assert "Footnote" not in "".join(turn.answer for turn in heard[-1].turns)


# Direct messages


async def test_what_was_said_in_direct_messages_is_remembered_for_an_hour(
    world: World, heard: list[Heard]
) -> None:
    await write(world, FERRY)
    await world.env.advance_time(31 * MINUTE)
    await write(world, FIRST)
    await world.env.advance_time(31 * MINUTE)
    assert about_ada(await write(world, THEN))
    assert heard[1].questions == [FERRY]
    assert heard[2].questions == [FIRST]


async def test_a_reply_in_direct_messages_follows_what_it_replies_to(
    world: World, heard: list[Heard]
) -> None:
    answer = await write(world, FIRST)
    await write(world, FERRY)
    assert about_ada(await write(world, THEN, reply_to=answer))
    assert heard[-1].questions == [FIRST]


async def test_the_command_is_part_of_the_talk_in_direct_messages(
    world: World, heard: list[Heard]
) -> None:
    shown(await world.alice.user.slash("ask", question=FIRST))
    assert about_ada(await write(world, THEN))
    assert heard[-1].questions == [FIRST]


async def test_a_long_answer_is_one_turn_of_the_talk(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as scripted:
        script(scripted, library, long_answer)
        await write(world, FERRY)
    heard = overhear(monkeypatch, library)
    await write(world, THEN)
    [turn] = heard[-1].turns
    assert turn.question == FERRY
    assert " ".join(turn.answer.split()) == long_answer(FERRY).text


async def test_members_do_not_share_their_direct_messages(world: World, heard: list[Heard]) -> None:
    await write(world, FIRST)
    await world.moderator.user.send_dm(THEN)
    assert BORN in last(world.moderator.user.dm_channel).content
    assert heard[-1].turns == ()
