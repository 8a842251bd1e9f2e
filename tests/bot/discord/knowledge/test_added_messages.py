"""A message that a moderator added follows what becomes of it, as solved threads do."""

import discord
import pytest
import simcord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.discord.commands.documents.add_message import NAME
from bot.discord.knowledge.added_messages import IS_THREAD, OPTED_OUT
from tests.support.discord.acting import ask, restart, shown
from tests.support.discord.moderating import POOL, contents, documents
from tests.support.discord.secrets import hide
from tests.support.discord.solving import (
    BLEED,
    asked_and_answered,
    follow,
    forum_with_tag,
    mark,
    settled_after,
)
from tests.support.discord.world import World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.either_intent]

OPEN, LATER = "The bar opens at six in the evening.", "The bar opens at eight in the evening."
WHEN = "When does the bar open?"


async def add(
    world: World, message: discord.Message, channel: simcord.ChannelHandle | None = None
) -> simcord.InteractionResult:
    """Add a message, as a moderator does."""
    return await world.moderator.context_menu(channel or world.channel, NAME, message)


def told(world: World) -> str:
    """All that the server's documents say."""
    return "\n".join(contents(world).values())


@pytest.mark.parametrize("away", [False, True], ids=["there", "away"])
async def test_what_is_edited_is_said_no_more(world: World, away: bool, intent: bool) -> None:
    message = await world.alice.send(world.channel, OPEN)
    await add(world, message)
    assert OPEN in (await ask(world, WHEN)).content
    backend = world.env.backend
    async with settled_after(world, away):
        backend.edit_message(world.channel.id, message.id, {"content": LATER})
    assert OPEN not in told(world)
    assert (LATER in told(world)) is intent  # without it nobody knows what it says now
    assert OPEN not in (await ask(world, WHEN)).content


@pytest.mark.parametrize("away", [False, True], ids=["there", "away"])
async def test_what_is_deleted_is_gone_with_its_files(world: World, away: bool) -> None:
    message = await world.alice.send(world.channel, OPEN, attachments=[POOL])
    await add(world, message)
    assert len(documents(world)) == 2
    async with settled_after(world, away):
        world.env.backend.delete_message(world.channel.id, message.id)
    assert not documents(world)


async def test_what_nobody_changed_stays_over_a_restart(world: World) -> None:
    message = await world.alice.send(world.channel, OPEN, attachments=[POOL])
    await add(world, message)
    before = documents(world)
    await restart(world)
    await world.env.settle()
    assert documents(world) == before


async def test_in_a_private_channel_it_stays_as_the_moderator_was_told(world: World) -> None:
    secret = hide(world, roles=[])
    view = discord.Permissions(view_channel=True).value
    overwrite = Overwrite(world.moderator.id, OverwriteType.MEMBER, allow=view)
    world.env.backend.set_overwrite(secret.channel.id, overwrite)
    message = await secret.sam.send(secret.channel, OPEN)
    await add(world, message, secret.channel)
    assert documents(world)
    await restart(world)
    await world.env.settle()
    assert documents(world)
    world.env.backend.delete_channel(secret.channel.id)
    await world.env.settle()
    assert not documents(world)


async def test_a_followed_channel_lets_go_of_what_it_gave_alone(world: World, intent: bool) -> None:
    if not intent:
        return  # nothing is followed then
    message = await world.alice.send(world.channel, OPEN)
    await add(world, message)
    await follow(world, world.channel)
    pinned = await world.alice.send(world.channel, BLEED)
    world.env.backend.set_pinned(world.channel.id, pinned.id, True)
    await world.env.settle()
    assert len(documents(world)) == 2
    world.env.backend.set_pinned(world.channel.id, pinned.id, False)
    await world.env.settle()
    assert OPEN in told(world)
    assert BLEED not in told(world)


async def test_who_opted_out_is_not_added(world: World) -> None:
    message = await world.alice.send(world.channel, OPEN)
    world.services.privacy.opt_out(world.guild.id, world.alice.id)
    assert OPTED_OUT in shown(await add(world, message)).content
    assert not documents(world)


async def test_a_post_that_is_kept_with_its_answers_is_not_added_again(
    world: World, intent: bool
) -> None:
    if not intent:
        return  # no answer can be marked then
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    await mark(world, thread, answer)
    opening = next(each for each in thread.history() if each.id == thread.id)
    assert IS_THREAD in shown(await add(world, opening, thread)).content
    assert BLEED in told(world)


async def test_what_was_uploaded_in_the_place_of_its_file_stays(world: World) -> None:
    message = await world.alice.send(world.channel, OPEN, attachments=[POOL])
    await add(world, message)
    newer = (POOL[0], b"# Pool rules\n\nThe pool is closed on Fridays.")
    await world.moderator.slash(world.channel, "documents add", file=newer)
    world.env.backend.delete_message(world.channel.id, message.id)
    await world.env.settle()
    assert "closed on Fridays" in told(world)
    assert OPEN not in told(world)


@pytest.mark.parametrize("before", [True, False], ids=["added before", "added after"])
async def test_who_opted_out_is_not_named_by_what_others_wrote(
    world: World, before: bool, intent: bool
) -> None:
    other = world.guild.add_member(world.env.create_user("bo", global_name="Bo Lindqvist"))
    message = await world.alice.send(world.channel, f"{other.mention} opens the bar. {OPEN}")
    if not before:
        world.services.privacy.opt_out(world.guild.id, other.id)
    await add(world, message)
    assert ("@Bo Lindqvist" in told(world)) is before
    world.services.privacy.opt_out(world.guild.id, other.id)
    await restart(world)
    await world.env.settle()
    assert OPEN in told(world)
    if intent or not before:  # without it nobody knows at which word they are named
        assert "@somebody opens the bar." in told(world)
        assert "Lindqvist" not in told(world)


async def test_who_opted_out_is_not_read_again(world: World) -> None:
    message = await world.alice.send(world.channel, OPEN)
    await add(world, message)
    world.services.privacy.opt_out(world.guild.id, world.alice.id)
    [title] = [document.title for document in documents(world)]
    said = shown(await world.moderator.slash(world.channel, "documents refresh", title=title))
    assert OPTED_OUT in said.content
