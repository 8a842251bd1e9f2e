"""Words that not everybody may read go where their readers alone read them, or nowhere."""

import asyncio
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import simcord
from simcord.backend import serializers
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.cli.context import RunningBot
from bot.cli.documents.add_channel import Followed, Take, follow_all
from bot.cli.documents.sources import followed_channels
from bot.discord.collections.menus import key_of
from bot.discord.records.collection_bindings import Binding
from bot.discord.records.knowledge.followed_channels import FollowedChannel
from bot.discord.services.libraries import library_of
from retrieval.errors import FootnoteError
from tests.support.discord.acting import ask, last, restart, shown, until
from tests.support.discord.forum import post
from tests.support.discord.moderating import call, documents, refusal
from tests.support.discord.secrets import Secret, hide
from tests.support.discord.solving import (
    ASKED,
    BLEED,
    QUESTION,
    TICK,
    TITLE,
    asked_and_answered,
    follow,
    forum_with_tag,
    mark,
    settled_after,
    tag,
    unseen,
)
from tests.support.discord.world import World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.options(message_content=True)]

MENU = "footnote:collections:"


@pytest.fixture
def secret(world: World) -> Secret:
    """A collection, a channel that it is bound to, and a member who sees both."""
    return hide(world)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A forum that few people see, with a post in it, and what was answered there."""

    forum: simcord.ChannelHandle
    thread: simcord.ChannelHandle
    answer: discord.Message


async def hidden_forum(world: World, secret: Secret, bound: bool = True) -> Hidden:
    """A forum that is hidden, and to which the collection is bound, unless it isn't."""
    forum = forum_with_tag(world, "crew")
    thread, answer = await asked_and_answered(world, forum)
    shut(world, forum, secret)
    if bound:
        binding = Binding(frozenset({forum.id}))
        world.services.sight.bindings.bind(world.guild.id, secret.store, binding)
    return Hidden(forum, thread, answer)


def shut(world: World, forum: simcord.ChannelHandle, secret: Secret) -> None:
    """Have a channel seen by a role, the moderator and the bot alone."""
    assert world.bot.user is not None
    view, people = discord.Permissions(view_channel=True).value, (world.bot.user, world.moderator)
    for overwrite in (
        Overwrite(secret.role.id, OverwriteType.ROLE, allow=view),
        *(Overwrite(each.id, OverwriteType.MEMBER, allow=view) for each in people),
        Overwrite(world.guild.id, OverwriteType.ROLE, deny=view),
    ):
        world.env.backend.set_overwrite(forum.id, overwrite)


def stored(world: World, store: str) -> list[str]:
    """The texts in a collection."""
    library = world.services.libraries.library
    return [library.text(each.id, store) for each in library.documents(store)]


def holding(world: World, store: str) -> bool:
    """Tell whether the answer stands in a collection."""
    return any(BLEED in text for text in stored(world, store))


def followed(world: World, channel: simcord.ChannelHandle) -> FollowedChannel | None:
    return world.services.libraries.records.followed.of(channel.id)


async def begin(world: World, forum: simcord.ChannelHandle) -> str:
    """Follow a channel for the collection."""
    result = await call(world, "add", channel=forum, take="all", collection="Staff")
    await world.env.settle()
    return shown(result).content


async def test_a_private_channel_gives_its_own_collection_and_nobody_else(
    world: World, secret: Secret
) -> None:
    hidden = await hidden_forum(world, secret)
    await world.moderator.react(hidden.answer, TICK)
    assert "I take documents from" in await begin(world, hidden.forum)
    assert holding(world, secret.store)
    assert not documents(world)
    assert BLEED not in (await ask(world, QUESTION)).content
    assert BLEED not in (await ask(world, QUESTION, private=True)).content
    assert BLEED in (await ask(world, QUESTION, by=secret.sam, private=True)).content


async def test_the_shell_follows_a_private_channel_for_its_collection(
    world: World, secret: Secret
) -> None:
    hidden = await hidden_forum(world, secret)
    await world.moderator.react(hidden.answer, TICK)
    running, where = RunningBot(world.bot), [(world.guild.id, hidden.forum.id)]

    async def by_shell(collection: str | None) -> list[Followed]:
        return await asyncio.to_thread(follow_all, running, where, Take.ALL, collection)

    with pytest.raises(FootnoteError, match="no collection called “Nobody”"):
        await by_shell("Nobody")
    with pytest.raises(FootnoteError, match=r"^#crew is not open to everybody"):
        await by_shell(None)
    [told] = await by_shell("Staff")
    assert told.collection == "Staff"
    kept = world.services.libraries.records.kept
    await until(world, lambda: kept.count(hidden.forum.id))
    assert holding(world, secret.store)
    assert not documents(world)
    [listed] = followed_channels(world.services.libraries.library, [library_of(world.guild.id)])
    assert (listed["collection"], listed["documents"]) == ("Staff", 1)


async def test_without_its_collection_a_private_channel_is_no_source(
    world: World, secret: Secret
) -> None:
    forum = (await hidden_forum(world, secret)).forum
    said = refusal(world, await call(world, "add", channel=forum))
    assert said.startswith(f"<#{forum.id}> is not open to everybody")
    assert followed(world, forum) is None


async def test_a_collection_that_others_read_takes_nothing_from_it(
    world: World, secret: Secret
) -> None:
    forum = (await hidden_forum(world, secret, bound=False)).forum
    everybody = Binding(frozenset({world.channel.id}))
    world.services.sight.bindings.bind(world.guild.id, secret.store, everybody)
    said = refusal(world, await call(world, "add", channel=forum, collection="Staff"))
    assert "Not all who may read that collection see" in said


async def test_when_others_may_read_the_collection_its_documents_go_and_it_is_said(
    world: World, secret: Secret
) -> None:
    hidden = await hidden_forum(world, secret)
    forum = hidden.forum
    await world.moderator.react(hidden.answer, TICK)
    await begin(world, forum)
    key, page = (
        key_of(secret.store),
        shown(await world.moderator.slash(world.channel, "collections")),
    )
    page = shown(await world.moderator.select(page, [key], custom_id=f"{MENU}choose"))
    await world.moderator.select(page, [forum, world.channel], custom_id=f"{MENU}channels:{key}")
    await world.env.settle()
    assert not holding(world, secret.store)
    assert followed(world, forum) is None
    assert "1 document that it gave is gone" in last(world.channel).content


async def test_an_answer_marked_in_a_private_channel_goes_into_its_collection(
    world: World, secret: Secret
) -> None:
    hidden = await hidden_forum(world, secret)
    await mark(world, hidden.thread, hidden.answer)
    assert holding(world, secret.store)
    assert not documents(world)


@pytest.mark.parametrize("away", [False, True], ids=["there", "away"])
async def test_when_a_channel_turns_private_its_answers_move_to_its_collection(
    world: World, secret: Secret, away: bool
) -> None:
    forum = forum_with_tag(world, "crew")
    thread, answer = await asked_and_answered(world, forum)
    await mark(world, thread, answer)
    assert documents(world)
    binding = Binding(frozenset({forum.id}))
    world.services.sight.bindings.bind(world.guild.id, secret.store, binding)
    async with settled_after(world, away):
        shut(world, forum, secret)
    assert not documents(world)
    assert holding(world, secret.store)


async def test_in_a_private_thread_nothing_is_marked(world: World) -> None:
    made = world.env.backend.create_thread(
        world.channel.id, "Between us", world.moderator.id, type=12
    )
    thread = next(each for each in world.channel.threads if each.id == made.id)
    said = await world.moderator.send(thread, BLEED)
    assert "not open to everybody" in refusal(world, await mark(world, thread, said))


async def test_whoever_may_use_the_queue_sees_what_they_may_read(
    world: World, secret: Secret
) -> None:
    hidden = await hidden_forum(world, secret)
    await mark(world, hidden.thread, hidden.answer, by=secret.sam)
    registered = {each.name: each for each in await world.bot.tree.fetch_commands()}
    world.guild.set_command_permissions(registered["queue"], {world.alice: True, secret.sam: True})
    for member, sees in ((world.alice, False), (secret.sam, True), (world.moderator, True)):
        shown_to = shown(await member.slash(world.channel, "queue"))
        assert (BLEED in shown_to.content) is sees


# Age-restricted channels


@pytest.fixture
def restricted(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The channels that Discord says are age-restricted: simcord knows none."""
    found = set[int]()
    real: Any = serializers.channel_payload

    def payload(backend: Any, channel: Any) -> dict[str, Any]:
        return {**real(backend, channel), "nsfw": channel.id in found}

    monkeypatch.setattr(serializers, "channel_payload", payload)
    return found


def restrict(world: World, restricted: set[int], channel: simcord.ChannelHandle) -> None:
    """Have Discord say that a channel is age-restricted."""
    restricted.add(channel.id)
    world.env.backend.edit_channel(channel.id, {})


async def test_an_age_restricted_channel_is_no_source(world: World, restricted: set[int]) -> None:
    forum = forum_with_tag(world)
    restrict(world, restricted, forum)
    await world.env.settle()
    assert "age-restricted" in refusal(world, await call(world, "add", channel=forum))
    thread, answer = await asked_and_answered(world, forum)
    assert "age-restricted" in refusal(world, await mark(world, thread, answer))
    assert not documents(world)


@pytest.mark.parametrize("away", [False, True], ids=["there", "away"])
async def test_when_a_channel_is_age_restricted_its_documents_go(
    world: World, restricted: set[int], away: bool
) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum)
    _, answer = await asked_and_answered(world, forum)
    await world.moderator.react(answer, TICK)
    assert documents(world)
    async with settled_after(world, away):
        restrict(world, restricted, forum)
    assert not documents(world)
    assert "age-restricted" in last(world.channel).content


# Accounts


async def test_who_deleted_their_account_is_named_no_more(world: World) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    await mark(world, thread, answer)
    assert "Ada, " in (await ask(world, QUESTION)).content
    with unseen(world):
        gone = world.env.backend.users[answer.author.id]
        gone.name, gone.global_name = "deleted_user_1a2b3c", "Deleted User 1a2b3c"
        world.env.backend.remove_member(world.guild.id, answer.author.id)
    await restart(world)
    await world.env.settle()
    said = (await ask(world, QUESTION)).content
    assert BLEED in said
    assert "a deleted account, " in said
    assert "Ada" not in said


async def test_a_bots_message_answers_only_where_staff_says_so(world: World) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum)
    thread = await post(world, forum, TITLE, ASKED)
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    said = world.env.backend.create_message(thread.id, robot.id, BLEED)
    await tag(world, forum, thread)
    assert "Nothing waits" in shown(await world.moderator.slash(world.channel, "queue")).content
    assert not documents(world)
    answer = next(each for each in thread.history() if each.id == said.id)
    await world.moderator.react(answer, TICK)
    (document,) = documents(world)
    library = world.services.libraries.library
    assert BLEED in library.text(document.id, library_of(world.guild.id))
