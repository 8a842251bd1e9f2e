"""Solved threads become documents, and go with the messages that they were made of."""

import discord
import pytest
import simcord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.discord.knowledge.added_messages import OPTED_OUT
from tests.support.discord.acting import ask, last, restart, shown
from tests.support.discord.forum import post
from tests.support.discord.moderating import call, contents, documents, refusal, told
from tests.support.discord.solving import (
    ASKED,
    BLEED,
    GLUE,
    QUESTION,
    TICK,
    TITLE,
    archive,
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

OPEN = "Turn the blue lever, then the red one, and wait for the light."


async def test_a_marked_answer_is_quoted_with_who_gave_it_when_and_a_link(world: World) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    await mark(world, thread, answer)
    said = (await ask(world, QUESTION)).content
    assert BLEED in said
    assert "Ada, " in said
    assert answer.jump_url in said
    assert GLUE not in said


async def test_a_followed_forum_gives_what_is_solved_from_its_history_on(world: World) -> None:
    forum = forum_with_tag(world)
    for n in range(3):
        thread, answer = await asked_and_answered(world, forum, f"Pump {n}", f"{OPEN} Then {n}.")
        await world.moderator.react(answer, TICK)
        if n:
            await archive(world, thread)
    await asked_and_answered(world, forum, "Never solved")
    assert "I take documents from" in await follow(world, forum)
    assert sorted(contents(world)) == ["Pump 0", "Pump 1", "Pump 2"]
    thread, answer = await asked_and_answered(world, forum, "Pump 9")
    await world.moderator.react(answer, TICK)
    assert "Pump 9" in contents(world)
    assert len(documents(world)) == 4


async def test_a_tick_by_somebody_else_marks_nothing(world: World) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum)
    _, answer = await asked_and_answered(world, forum)
    await world.alice.react(answer, TICK)
    assert not documents(world)


async def test_a_tick_under_an_archived_post_is_seen_at_the_next_start(world: World) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum)
    thread, answer = await asked_and_answered(world, forum)
    await archive(world, thread)
    with unseen(world):
        world.env.backend.set_reaction(thread.id, answer.id, TICK, world.moderator.id, True)
    await restart(world)
    await world.env.settle()
    assert TITLE in contents(world)


async def test_what_a_moderator_moved_stays_where_it_is_when_its_words_are_others(
    world: World,
) -> None:
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    await mark(world, thread, answer)
    (document,) = documents(world)
    library, name = world.services.libraries.library, document.library
    library.collections.create("Staff", name)
    assert list(library.collections.move([document.id], "Staff", name))
    world.env.backend.edit_message(thread.id, answer.id, {"content": OPEN})
    await world.env.settle()
    (document,) = library.collections.documents(name)
    assert OPEN in library.text(document.id, document.library)
    assert not documents(world)


async def test_what_a_moderator_removed_comes_back_by_a_mark_alone(world: World) -> None:
    thread, answer = await asked_and_answered(world, forum_with_tag(world))
    await mark(world, thread, answer)
    (document,) = documents(world)
    world.services.libraries.library.remove([document.id], document.library)
    world.env.backend.edit_message(thread.id, answer.id, {"content": OPEN})
    await world.env.settle()
    assert not documents(world)
    await mark(world, thread, answer)
    assert OPEN in contents(world)[TITLE]


@pytest.mark.parametrize("away", [False, True], ids=["there", "away"])
@pytest.mark.parametrize("what", ["edited", "deleted", "thread deleted", "bulk", "untagged"])
async def test_what_is_edited_deleted_or_solved_no_more_is_gone(
    world: World, what: str, away: bool
) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    await tag(world, forum, thread)
    await mark(world, thread, answer)
    assert BLEED in contents(world)[TITLE]

    async def change() -> None:
        backend = world.env.backend
        if what == "edited":
            backend.edit_message(thread.id, answer.id, {"content": OPEN})
        elif what == "deleted":
            backend.delete_message(thread.id, answer.id)
        elif what == "bulk":
            backend.bulk_delete_messages(thread.id, [answer.id])
        elif what == "thread deleted":
            backend.delete_channel(thread.id)
        else:
            await tag(world, forum, thread, solved=False)

    async with settled_after(world, away):
        await change()
    assert not any(BLEED in text for text in contents(world).values())
    assert (OPEN in contents(world).get(TITLE, "")) is (what == "edited")
    assert BLEED not in (await ask(world, QUESTION)).content


async def test_a_post_that_was_reopened_stays_so_until_it_is_solved_again(world: World) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    await follow(world, forum)
    await world.moderator.react(answer, TICK)
    await tag(world, forum, thread)
    await tag(world, forum, thread, solved=False)
    await restart(world)
    await world.env.settle()
    assert not documents(world)
    await tag(world, forum, thread)
    assert TITLE in contents(world)


async def test_the_rest_of_a_thread_goes_when_it_is_deleted(world: World) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    await mark(world, thread, answer)
    assert GLUE in contents(world)[TITLE]
    chatter = next(each for each in thread.history() if each.content == GLUE)
    world.env.backend.delete_message(thread.id, chatter.id)
    await world.env.settle()
    assert GLUE not in contents(world)[TITLE]
    assert BLEED in contents(world)[TITLE]


async def test_who_opted_out_is_left_out_of_documents(world: World) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    author = answer.author.id
    world.services.privacy.opt_out(world.guild.id, author)
    assert refusal(world, await mark(world, thread, answer)) == OPTED_OUT
    assert not documents(world)
    world.services.privacy.opt_in(world.guild.id, author)
    await mark(world, thread, answer)
    assert BLEED in contents(world)[TITLE]
    kept = world.services.libraries.records.kept
    assert [one.id for one in kept.documents_by(author)] == [thread.id]


# Sources


async def test_what_is_pinned_is_taken_and_let_go_of(world: World) -> None:
    await follow(world, world.channel)
    message = await world.alice.send(world.channel, BLEED)
    await world.alice.send(world.channel, GLUE)
    world.env.backend.set_pinned(world.channel.id, message.id, True)
    await world.env.settle()
    assert [BLEED in text for text in contents(world).values()] == [True]
    world.env.backend.set_pinned(world.channel.id, message.id, False)
    await world.env.settle()
    assert not documents(world)


async def test_announcements_are_taken_as_they_come_webhooks_too(world: World) -> None:
    news = world.guild.create_news_channel("news")
    await world.moderator.send(news, OPEN)
    assert "its announcements" in await follow(world, news)
    listed = shown(await world.moderator.slash(world.channel, "documents list")).content
    assert f"- <#{news.id}> · 1 document" in listed.splitlines()
    hook = world.guild.create_webhook(news, "Press")
    await hook.send(BLEED)
    await world.env.settle()
    assert len(documents(world)) == 2
    await world.env.settle()
    world.env.backend.delete_message(news.id, last(news).id)
    await world.env.settle()
    assert not any(BLEED in text for text in contents(world).values())


def close(world: World, channel: simcord.ChannelHandle) -> None:
    deny = discord.Permissions(view_channel=True).value
    overwrite = Overwrite(world.guild.id, OverwriteType.ROLE, deny=deny)
    world.env.backend.set_overwrite(channel.id, overwrite)


async def test_a_private_channel_is_no_source(world: World) -> None:
    hidden = world.guild.create_text_channel(
        "staff",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            world.moderator: discord.PermissionOverwrite(view_channel=True),
        },
    )
    said = refusal(world, await call(world, "add", channel=hidden))
    assert "not open to everybody" in said


@pytest.mark.parametrize("how", ["private", "deleted"])
@pytest.mark.parametrize("away", [False, True], ids=["there", "away"])
async def test_a_source_that_vanishes_takes_its_documents_along_and_it_is_said(
    world: World, how: str, away: bool
) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum)
    _, answer = await asked_and_answered(world, forum)
    await world.moderator.react(answer, TICK)
    assert documents(world)

    def vanish() -> None:
        if how == "private":
            close(world, forum)
        else:
            world.env.backend.delete_channel(forum.id)

    async with settled_after(world, away):
        vanish()
    assert not documents(world)
    assert "1 document that it gave is gone" in last(world.channel).content


async def test_channels_are_listed_and_removed_with_what_they_gave(world: World) -> None:
    forum = forum_with_tag(world)
    await follow(world, forum)
    _, answer = await asked_and_answered(world, forum)
    await world.moderator.react(answer, TICK)
    assert f"<#{forum.id}> · 1 document" in await told(world, "list")
    result = await world.moderator.slash(
        world.channel, "documents remove", title=f"channel:{forum.id}"
    )
    question = shown(result)
    await world.moderator.click(question, custom_id=f"footnote:unfollow:{forum.id}")
    assert not documents(world)
    assert "channel" not in await told(world, "list")


# Bad input


async def test_an_answer_that_is_a_picture_is_refused_in_a_sentence(world: World) -> None:
    forum = forum_with_tag(world)
    thread = await post(world, forum, TITLE, ASKED)
    picture = await world.moderator.send(thread, "", attachments=[("a.png", b"\x89PNG")])
    assert "no words in that message" in refusal(world, await mark(world, thread, picture))


async def test_a_thread_of_thousands_of_messages_keeps_its_answer(world: World) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    backend = world.env.backend
    emit, backend.emit = backend.emit, lambda *_, **__: None  # type: ignore[method-assign]
    for n in range(5000):
        backend.create_message(thread.id, world.alice.id, f"And another thing, number {n}.")
    backend.emit = emit  # type: ignore[method-assign]
    await mark(world, thread, answer)
    text = contents(world)[TITLE]
    assert BLEED in text
    assert len(text) < 20_000
