"""Tell what was asked in a channel to those alone who see that channel: gaps, and the queue."""

import pytest

from bot.discord.unanswered.gap_pages.text import NONE
from tests.bot.discord.unanswered.test_gaps_command import looked_at
from tests.support.discord.acting import ask, last, shown, thread_on
from tests.support.discord.helping import choices, fill, labels, set_up_help
from tests.support.discord.secrets import Secret, allow, hide
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

# Two wordings of one question, asked in a private channel and for everybody to see.
INSIDE = "How hot is the sauna of the board?"
OUTSIDE = "What temperature does the sauna of the board have?"
REPLY = "It is heated to ninety degrees."


@pytest.fixture
def secret(world: World) -> Secret:
    """A private channel, and who sees it."""
    return hide(world)


async def test_a_gap_is_told_to_those_alone_who_see_where_it_was_asked(
    world: World, secret: Secret
) -> None:
    await ask(world, INSIDE, by=secret.sam, channel=secret.channel)
    await allow(world, "gaps", world.alice, secret.sam)
    for member, told in ((world.alice, False), (secret.sam, True), (world.moderator, True)):
        listed = shown(await member.slash(world.channel, "gaps")).content
        assert (INSIDE in listed) is told
        assert (listed == NONE) is not told


async def test_of_a_gap_those_questions_are_told_that_were_asked_where_one_sees_it(
    world: World, secret: Secret
) -> None:
    await ask(world, INSIDE, by=secret.sam, channel=secret.channel)
    await ask(world, OUTSIDE)
    assert INSIDE in (whole := (await looked_at(world, OUTSIDE)).content)
    assert OUTSIDE in whole
    await allow(world, "gaps", world.alice)
    listed = shown(await world.alice.slash(world.channel, "gaps"))
    assert list(choices(listed)) == [OUTSIDE]
    one = shown(await world.alice.select(listed, list(choices(listed).values())))
    assert INSIDE not in one.content
    opened = await world.alice.click(one, label="Answer")
    done = await fill(opened, world.alice, question=OUTSIDE, answer=f"The sauna: {REPLY}")
    assert done.content.startswith("Added")
    assert INSIDE not in done.content


async def test_a_reply_to_a_question_in_a_thread_waits_for_those_who_see_its_channel(
    world: World, secret: Secret
) -> None:
    help_ = set_up_help(world)
    thread = await thread_on(world, channel=secret.channel)
    asked = await ask(world, INSIDE, by=secret.sam, channel=thread)
    await secret.sam.click(asked, label="Ask a person")
    await help_.helper.send(help_.channel, REPLY, reply_to=last(help_.channel))
    await allow(world, "queue", world.alice, secret.sam)
    for member, told in ((world.alice, False), (secret.sam, True), (world.moderator, True)):
        waiting = shown(await member.slash(world.channel, "queue"))
        assert (REPLY in waiting.content) is told
        assert ("Keep this answer" in labels(waiting)) is told
