"""A proposed answer waits until a moderator takes, edits or declines it."""

import discord
import pytest
import simcord

from bot.discord.knowledge.mark_answer import NAME, PROPOSED, WAITS
from bot.discord.knowledge.queue.page import EMPTY
from tests.support.discord.acting import UNKNOWN, ask, last, shown
from tests.support.discord.helping import choose, fill, labels, set_up_help
from tests.support.discord.moderating import contents, documents
from tests.support.discord.solving import (
    BLEED,
    QUESTION,
    TITLE,
    asked_and_answered,
    follow,
    forum_with_tag,
    mark,
    tag,
)
from tests.support.discord.world import World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.options(message_content=True)]

NOTHING_WAITS = EMPTY.format(menu=NAME)


async def queue(world: World) -> discord.Message:
    """The page that `/queue` shows to a moderator."""
    return shown(await world.moderator.slash(world.channel, "queue"))


async def click(world: World, message: discord.Message, label: str) -> simcord.InteractionResult:
    return await world.moderator.click(message, label=label)


def stranger(world: World) -> simcord.MemberActor:
    return world.guild.add_member(world.env.create_user("cy", global_name="Cy"))


async def test_what_a_member_proposes_becomes_an_answer_when_a_moderator_takes_it(
    world: World,
) -> None:
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    result = await mark(world, thread, answer, by=stranger(world))
    assert shown(result).content == PROPOSED
    assert not documents(world)
    proposed = await queue(world)
    assert BLEED in proposed.content
    assert "Ada" in proposed.content
    after = shown(await click(world, proposed, "Take it"))
    assert NOTHING_WAITS in after.content
    assert BLEED in contents(world)[TITLE]


async def test_who_asked_proposes_too_where_only_what_staff_chose_is_taken(world: World) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum, "chosen")
    thread, answer = await asked_and_answered(world, forum)
    assert shown(await mark(world, thread, answer, by=world.alice)).content == PROPOSED
    assert not documents(world)


async def test_who_asked_proposes_another_answer_to_what_staff_marked_one_in(world: World) -> None:
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    await mark(world, thread, answer)
    other = await stranger(world).send(thread, "Open the tap on the right, too.")
    assert shown(await mark(world, thread, other, by=world.alice)).content == PROPOSED
    waiting = await queue(world)
    assert "tap on the right" in waiting.content
    await click(world, waiting, "Take it")
    answers = await ask(world, QUESTION)
    assert BLEED in answers.content
    assert "tap on the right" in answers.content


async def test_who_asked_marks_where_all_that_is_solved_is_taken(world: World) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum, "all")
    thread, answer = await asked_and_answered(world, forum)
    assert "**Ada**" in shown(await mark(world, thread, answer, by=world.alice)).content
    assert BLEED in contents(world)[TITLE]


async def test_a_tag_alone_proposes_the_last_answer(world: World) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum, "all")
    thread, _ = await asked_and_answered(world, forum)
    await tag(world, forum, thread)
    assert not documents(world)
    assert BLEED in (await queue(world)).content


async def test_whom_the_server_trusts_marks_without_a_moderator(world: World) -> None:
    role = world.guild.create_role("Experts")
    expert = world.guild.add_member(world.env.create_user("eve"), roles=[role])
    choose(world, trusted_role=role.id)
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    assert "Marked" in shown(await mark(world, thread, answer, by=expert)).content
    assert BLEED in contents(world)[TITLE]


async def test_what_was_declined_does_not_come_back(world: World) -> None:
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    cy = stranger(world)
    await mark(world, thread, answer, by=cy)
    await click(world, await queue(world), "Decline")
    assert shown(await mark(world, thread, answer, by=cy)).content == WAITS
    assert (await queue(world)).content == NOTHING_WAITS
    assert not documents(world)


async def test_an_edited_proposal_bears_both_names_and_goes_with_its_message(world: World) -> None:
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    await mark(world, thread, answer, by=stranger(world))
    result = await click(world, await queue(world), "Edit")
    better = "Open the left air valve until water drips out; then start the pump."
    await fill(result, world.moderator, question="A pump hums", answer=better)
    assert better in contents(world)["A pump hums"]
    said = await ask(world, "Why does a pump hum?")
    assert "Ada, edited by Mo" in said.content
    world.env.backend.delete_message(thread.id, answer.id)
    await world.env.settle()
    assert not documents(world)


async def test_a_proposal_whose_message_is_deleted_leaves_the_queue(world: World) -> None:
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    await mark(world, thread, answer, by=stranger(world))
    world.env.backend.delete_message(thread.id, answer.id)
    await world.env.settle()
    assert (await queue(world)).content == NOTHING_WAITS


async def test_a_helpers_reply_waits_in_the_queue_until_it_is_kept(world: World) -> None:
    help_ = set_up_help(world)
    question = await ask(world, UNKNOWN)
    await world.alice.click(question, label="Ask a person")
    handed = last(help_.channel)
    await help_.helper.send(help_.channel, "It is 330 metres tall.", reply_to=handed)
    waiting = await queue(world)
    assert "It is 330 metres tall." in waiting.content
    assert "Keep this answer" in labels(waiting)
    form = await click(world, waiting, "Keep this answer")
    await fill(form, world.moderator, question=UNKNOWN, answer="It is 330 metres tall.")
    assert (await queue(world)).content == NOTHING_WAITS
    assert "330 metres" in next(iter(contents(world).values()))


async def test_a_reply_of_whom_the_server_trusts_is_kept_at_once(world: World) -> None:
    help_ = set_up_help(world)
    choose(world, trusted_role=help_.role.id)
    question = await ask(world, UNKNOWN)
    await world.alice.click(question, label="Ask a person")
    await help_.helper.send(help_.channel, "It is 330 metres tall.", reply_to=last(help_.channel))
    assert "330 metres" in next(iter(contents(world).values()))
    assert (await queue(world)).content == NOTHING_WAITS
