"""A follow-up and a reason need no message that could be read: they are typed into a form."""

import discord
import pytest
import simcord

from bot.discord.conversation.subject import NOTHING_ASKED
from bot.discord.conversation.submitted import FORGOTTEN, KEPT
from bot.discord.messages.buttons import NOTED
from tests.support.discord.acting import (
    DOWN,
    FERRY,
    FIRST,
    FOLLOW_UP,
    MINUTE,
    THEN,
    UP,
    Heard,
    about_ada,
    ask,
    forget,
    mention,
    press,
    restart,
    shown,
)
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

WRONG = "It is about the *old* ferry, @everyone."


async def send(
    world: World, opened: simcord.InteractionResult, words: str
) -> simcord.InteractionResult:
    """Fill in the form that a button opened, and send it."""
    assert opened.modal is not None
    return await world.alice.submit_modal(opened, {"words": words})


async def follow_up(world: World, answer: discord.Message, words: str) -> discord.Message:
    """Ask a follow-up by the button."""
    return shown(await send(world, await press(answer, FOLLOW_UP, world.alice), words))


async def why(world: World, answer: discord.Message) -> simcord.InteractionResult:
    """Vote against an answer, and open the form that asks why."""
    voted = await press(answer, DOWN, world.alice)
    [offered] = voted.followups
    assert offered.content == NOTED
    assert offered.ephemeral
    return await world.alice.click(offered, label="Why not helpful?")


# Follow-up


async def test_a_follow_up_knows_what_it_follows(world: World, heard: list[Heard]) -> None:
    for answer in [await mention(world, FIRST), await ask(world, FIRST)]:
        then = await follow_up(world, answer, THEN)
        assert about_ada(then)
        assert then.content.startswith(f"> {THEN}")
        assert heard[-1].questions == [FIRST]


async def test_a_follow_up_of_a_follow_up_knows_both(world: World, heard: list[Heard]) -> None:
    then = await follow_up(world, await ask(world, FIRST), THEN)
    await follow_up(world, then, "And when was it built?")
    assert heard[-1].questions == [FIRST, THEN]


@pytest.mark.parametrize("private", [True, False])
async def test_it_is_seen_by_those_who_see_the_answer(world: World, private: bool) -> None:
    answer = await world.alice.slash(world.channel, "ask", question=FIRST, private=private)
    result = await send(world, await press(shown(answer), FOLLOW_UP, world.alice), THEN)
    assert result.ephemeral is private


async def test_a_form_sent_late_or_after_a_restart_is_taken(world: World) -> None:
    answer = await ask(world, FIRST)
    opened = await press(answer, FOLLOW_UP, world.alice)
    await world.env.advance_time(16 * MINUTE)
    assert about_ada(shown(await send(world, opened, THEN)))
    opened = await press(answer, FOLLOW_UP, world.alice)
    await restart(world)
    assert about_ada(shown(await send(world, opened, THEN)))


async def test_a_follow_up_to_what_is_forgotten_goes_by_the_message(
    world: World, heard: list[Heard]
) -> None:
    answer = await ask(world, FIRST)
    forget(world.services.libraries.library)
    assert about_ada(await follow_up(world, answer, THEN))
    assert heard[-1].questions == [FIRST]


async def test_what_is_no_question_is_told_so(world: World) -> None:
    answer = await ask(world, FIRST)
    assert (await follow_up(world, answer, "this")).content == NOTHING_ASKED


# Why not helpful?


async def test_the_reason_is_kept_with_the_vote(world: World) -> None:
    answer = await mention(world, FERRY)
    question = world.channel.history()[0].id
    result = await send(world, await why(world, answer), WRONG)
    assert result.ephemeral
    assert shown(result).content == KEPT
    record = world.services.libraries.records.answers
    assert record.reasons(question) == [WRONG]
    await press(answer, UP, world.alice)
    assert record.reasons(question) == []


async def test_a_vote_counts_without_a_reason(world: World) -> None:
    answer = await mention(world, FERRY)
    await why(world, answer)
    assert world.services.libraries.question_log.totals().down == 1


async def test_a_reason_for_a_forgotten_answer_is_told_so(world: World) -> None:
    answer = await mention(world, FERRY)
    opened = await why(world, answer)
    forget(world.services.libraries.library)
    assert shown(await send(world, opened, WRONG)).content == FORGOTTEN


async def test_a_thumb_up_asks_nothing(world: World) -> None:
    voted = await press(await mention(world, FERRY), UP, world.alice)
    assert voted.followups == []
