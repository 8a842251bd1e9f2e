"""The menus of a message read it whatever else may be read, and tell who chose them what comes."""

import discord
import pytest
import simcord

from bot.discord.commands.message_menus import (
    ANSWER,
    ANSWER_PRIVATELY,
    NO_QUESTION,
    OWN,
    SIMILAR,
)
from bot.discord.commands.similar import FOUND, NONE_FOUND
from bot.discord.conversation.subject import NO_WORDS
from tests.support.discord.acting import (
    DOWN,
    FERRY,
    FIRST,
    LEAVES,
    THEN,
    UNKNOWN,
    Heard,
    about_ada,
    ask,
    buttons,
    mention,
    press,
    say,
    shown,
)
from tests.support.discord.forum import post
from tests.support.discord.moderating import refusal
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

LIKE_IT = "At what time does the ferry leave today?"


async def choose(
    world: World,
    menu: str,
    message: discord.Message,
    by: simcord.MemberActor | None = None,
    channel: simcord.ChannelHandle | None = None,
) -> simcord.InteractionResult:
    """Choose a menu of a message."""
    return await (by or world.alice).context_menu(channel or world.channel, menu, message)


# Answer this


@pytest.mark.parametrize(("menu", "private"), [(ANSWER, False), (ANSWER_PRIVATELY, True)])
async def test_a_message_is_answered_for_all_or_for_one_alone(
    world: World, menu: str, private: bool
) -> None:
    question = await say(world, FERRY, by=world.moderator)
    result = await choose(world, menu, question)
    answer = shown(result)
    assert answer.content.startswith(f"> {FERRY}\n\n{LEAVES}")
    assert result.ephemeral is private
    assert list(buttons(answer)) == ["📖", "👍", "👎", "💬"]


async def test_what_it_replies_to_is_what_it_follows(world: World, heard: list[Heard]) -> None:
    answer = await mention(world, FIRST)
    question = await world.alice.send(world.channel, f"<@{world.moderator.id}> {THEN}")
    assert not about_ada(shown(await choose(world, ANSWER, question)))
    reply = await world.moderator.send(world.channel, THEN, reply_to=answer)
    assert about_ada(shown(await choose(world, ANSWER, reply)))
    assert heard[-1].questions == [FIRST]


async def test_a_forums_post_is_answered_by_its_title_and_its_body(
    world: World, heard: list[Heard]
) -> None:
    forum = world.guild.create_forum_channel("support")
    thread = await post(world, forum, FERRY, "The board is gone.")
    first = thread.history()[0]
    answer = shown(await choose(world, ANSWER, first, channel=thread))
    assert LEAVES in answer.content
    assert heard[-1].question == f"{FERRY}\nThe board is gone."


async def test_embeds_and_forwarded_messages_are_read(world: World) -> None:
    ticket = await world.guild.create_webhook(world.channel).send(
        embed=discord.Embed(title="Ticket 7", description=FERRY)
    )
    elsewhere = world.guild.create_text_channel("elsewhere")
    forwarded = await world.alice.forward(await world.alice.send(elsewhere, FERRY), world.channel)
    assert LEAVES in shown(await choose(world, ANSWER, ticket)).content
    assert LEAVES in shown(await choose(world, ANSWER, forwarded)).content


async def test_what_is_no_question_is_not_answered(world: World) -> None:
    picture = await world.alice.send(world.channel, "", attachments=[("a.png", b"picture")])
    for message, sentence in [
        (picture, NO_WORDS),
        (await say(world, "lol"), NO_QUESTION),
        (await say(world, "anyone?"), NO_QUESTION),
        (await mention(world, FERRY), OWN.format(button="Follow-up")),
    ]:
        assert refusal(world, await choose(world, ANSWER, message)) == sentence


async def test_a_question_deleted_meanwhile_is_answered_all_the_same(world: World) -> None:
    question = await say(world, FERRY)
    gone = await world.alice.send(world.channel, FERRY)
    await world.alice.delete(question)
    assert LEAVES in shown(await choose(world, ANSWER, gone)).content


# Similar answered questions


async def similar(world: World, by: simcord.MemberActor | None = None) -> str:
    """The list of questions like the one about the ferry."""
    result = await choose(world, SIMILAR, await say(world, LIKE_IT), by)
    assert result.ephemeral
    return shown(result).content


async def test_questions_like_it_are_listed_with_links_to_their_answers(world: World) -> None:
    answer = await mention(world, FERRY)
    by_command = await ask(world, "When does the ferry to Skerry leave?")
    await ask(world, FIRST)
    await mention(world, UNKNOWN)
    text = await similar(world)
    assert text.startswith(FOUND)
    assert f"- {FERRY} → {answer.jump_url}" in text
    assert by_command.jump_url in text
    assert "keeper" not in text
    assert UNKNOWN not in text


async def test_what_was_found_bad_is_not_listed_and_likes_are_counted(world: World) -> None:
    answer = await mention(world, FERRY)
    await press(answer, "👍", world.alice)
    assert f"- {FERRY} (1 like) → " in await similar(world)
    await press(answer, DOWN, world.alice)
    assert await similar(world) == NONE_FOUND.format(menu=ANSWER)


async def test_a_private_answer_is_not_listed(world: World) -> None:
    await ask(world, FERRY, private=True)
    assert await similar(world) == NONE_FOUND.format(menu=ANSWER)


async def test_a_deleted_answer_has_no_link(world: World) -> None:
    answer = await mention(world, FERRY)
    world.env.backend.delete_message(world.channel.id, answer.id)
    assert (await similar(world)).splitlines()[1] == f"- {FERRY}"


async def test_answers_in_channels_that_one_may_not_read_are_not_listed(world: World) -> None:
    assert world.bot.user is not None
    shut, open_ = (discord.PermissionOverwrite(view_channel=may) for may in (False, True))
    hidden = world.guild.create_text_channel(
        "mods",
        overwrites={
            world.guild.default_role: shut,
            world.moderator: open_,
            world.bot.user: open_,
        },
    )
    await say(world, f"{world.mention} {FERRY}", by=world.moderator, channel=hidden)
    assert await similar(world) == NONE_FOUND.format(menu=ANSWER)
    assert FERRY in await similar(world, by=world.moderator)


async def test_another_servers_answers_are_not_listed(world: World) -> None:
    other = world.env.create_guild("Other")
    channel = other.create_text_channel("general")
    alice = other.add_member(world.alice.user)
    await alice.send(channel, f"{world.mention} {FERRY}")
    assert await similar(world) == NONE_FOUND.format(menu=ANSWER)
