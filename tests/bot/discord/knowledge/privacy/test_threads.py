"""A member's words in threads go when they delete them, and those of others there stay."""

from functools import partial

import pytest
import simcord

from bot.discord.knowledge.privacy.forget import forget_documents
from bot.discord.knowledge.queue.page import EMPTY
from tests.support.discord.acting import shown
from tests.support.discord.forum import post
from tests.support.discord.moderating import contents, documents
from tests.support.discord.solving import (
    BLEED,
    QUESTION,
    TITLE,
    asked_and_answered,
    follow,
    forum_with_tag,
    mark,
)
from tests.support.discord.world import World
from tests.support.texts.traces import files_with

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.options(message_content=True)]

OTHERS = "Or call the plumber on Quendle Street."


@pytest.fixture(autouse=True)
def forgetting(world: World) -> None:
    """Erased documents are forgotten by the records, as `bot.wiring` has it."""
    library = world.services.libraries.library
    library.forgets = (partial(forget_documents, library.home.folder),)


async def delete_all(world: World, by: simcord.MemberActor) -> str:
    """Have a member delete all that is kept of them; return what they are told."""
    page = shown(await by.slash(world.channel, "privacy"))
    sure = shown(await by.click(page, label="Delete …"))
    told = shown(await by.click(sure, label="Delete")).content
    await world.env.settle()
    return told


async def test_an_answer_stays_without_the_words_of_who_asked(world: World) -> None:
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    await world.alice.send(thread, "It is a flimmering pump of the wombat kind.")
    await mark(world, thread, answer)
    assert TITLE in contents(world)
    assert "1 document written" in await delete_all(world, world.alice)
    [(title, text)] = contents(world).items()
    assert title == "An answer in #help"
    assert BLEED in text
    home = world.services.libraries.library.home.folder
    assert not files_with(home, [world.alice.id, "garden pump", "wombat", TITLE])


async def test_an_answer_beside_one_that_is_deleted_stays(world: World) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    other = world.guild.add_member(world.env.create_user("bo", global_name="Bo"))
    for message in (answer, await other.send(thread, OTHERS)):
        await mark(world, thread, message)
    await delete_all(world, other)
    [text] = contents(world).values()
    assert BLEED in text
    assert not files_with(world.services.libraries.library.home.folder, [other.id, "plumber"])


async def test_where_nobody_elses_answer_is_left_nothing_is(world: World) -> None:
    thread = await post(world, forum_with_tag(world), TITLE, QUESTION)
    other = world.guild.add_member(world.env.create_user("bo", global_name="Bo"))
    await mark(world, thread, await other.send(thread, OTHERS))
    assert documents(world)
    await delete_all(world, other)
    assert not documents(world)
    assert not world.services.libraries.records.kept.channels()


async def test_who_opted_out_is_named_by_no_document_of_others(world: World) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum)
    thread = await post(world, forum, TITLE, QUESTION)
    other = world.guild.add_member(world.env.create_user("bo", global_name="Bo"))
    world.services.privacy.opt_out(None, world.alice.id)
    answer = await other.send(thread, f"{world.alice.mention} bleed the valve on the left.")
    await mark(world, thread, answer)
    [text] = contents(world).values()
    assert "@somebody bleed the valve" in text
    assert not files_with(world.services.libraries.library.home.folder, [world.alice.id])


async def test_what_was_proposed_of_who_opted_out_leaves_the_queue(world: World) -> None:
    thread = await post(world, forum_with_tag(world), TITLE, QUESTION)
    other = world.guild.add_member(world.env.create_user("bo", global_name="Bo"))
    await mark(world, thread, await other.send(thread, OTHERS), by=world.alice)
    world.services.privacy.opt_out(world.guild.id, other.id)
    page = shown(await world.moderator.slash(world.channel, "queue"))
    assert EMPTY.partition(".")[0] in page.content
    assert OTHERS not in page.content
