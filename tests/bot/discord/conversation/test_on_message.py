"""Messages that are meant for the bot are answered, as replies; all others are let be."""

import logging

import discord
import pytest
import simcord
from simcord.backend import serializers
from simcord.enums import MessageType

from bot.discord.conversation.subject import (
    GONE,
    HIDDEN,
    NO_WORDS,
    NOTHING_ASKED,
    UNREADABLE,
    WORDLESS,
)
from retrieval.answer.abstention import NOT_SAID
from retrieval.library import Library
from retrieval.types import Answer
from tests.support.discord.acting import (
    FERRY,
    LEAVES,
    ask,
    bodies,
    buttons,
    channel_without,
    last,
    long_answer,
    mention,
    ours,
    overhear,
    say,
    script,
    thread_on,
    write,
)
from tests.support.discord.world import World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.either_intent]
reading_along = pytest.mark.options(message_content=True)
mentions_only = pytest.mark.options(message_content=False)


# Meant for the bot


async def test_a_mention_is_answered_as_a_reply_to_it(world: World) -> None:
    answer = await mention(world, FERRY)
    question, _ = world.channel.history()
    assert answer.content.startswith(f"{LEAVES} [1]")
    assert answer.reference is not None
    assert answer.reference.message_id == question.id
    assert list(buttons(answer)) == ["📖", "👍", "👎", "💬"]


@pytest.mark.parametrize(
    "message",
    ["<@{me}> When does the ferry leave?", "When does\nthe ferry <@!{me}>\nleave? <@{me}>"],
)
async def test_the_mention_is_no_part_of_the_question(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch, message: str
) -> None:
    heard = overhear(monkeypatch, library)
    assert world.bot.user is not None
    await say(world, message.format(me=world.bot.user.id))
    assert [asked.question for asked in heard] == [FERRY]


@reading_along
@pytest.mark.parametrize("typed", ["/ask {}", "/ASK  question: {}", "/ask\n{}"])
async def test_the_command_that_was_sent_as_a_message_is_answered_as_it_was_meant(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    heard = overhear(monkeypatch, library)
    answer = await say(world, typed.format(FERRY))
    assert ours(world, answer)
    assert answer.content.startswith(LEAVES)
    assert [asked.question for asked in heard] == [FERRY]


@reading_along
@pytest.mark.parametrize("typed", ["/ask", "/asked when?", "do /ask me", "/play When I go?"])
async def test_what_only_looks_like_the_command_is_let_be(world: World, typed: str) -> None:
    assert not ours(world, await say(world, typed))


async def test_the_command_is_no_part_of_the_question_behind_a_mention_either(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = overhear(monkeypatch, library)
    await mention(world, f"/ask {FERRY}")
    assert [asked.question for asked in heard] == [FERRY]


@reading_along
async def test_a_mention_of_the_role_that_discord_made_for_the_bot_is_one_of_it(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.bot.user is not None
    me, real = str(world.bot.user.id), serializers.role_payload

    def tagged(role: object) -> dict[str, object]:
        """Discord says whose role it is; simcord doesn't."""
        payload = dict(real(role))  # type: ignore[arg-type]
        return payload | ({"tags": {"bot_id": me}} if payload["managed"] else {})

    monkeypatch.setattr(serializers, "role_payload", tagged)
    heard = overhear(monkeypatch, library)
    guild = world.env.create_guild("Roles")
    channel = guild.create_text_channel("general")
    alice = guild.add_member(world.alice.user)
    mods = guild.create_role("Mods")
    ours_there = next(role for name, role in guild.roles.items() if name == world.bot.user.name)
    await alice.send(channel, f"{mods.mention} {FERRY}")
    assert heard == []
    await alice.send(channel, f"{ours_there.mention} {FERRY}")
    assert [asked.question for asked in heard] == [FERRY]
    assert last(channel).content.startswith(f"{LEAVES} [1]")


async def test_a_reply_to_the_bot_is_answered_without_a_mention(world: World) -> None:
    answer = await mention(world, FERRY)
    reply = await say(world, "What does a ticket cost?", reply_to=answer)
    assert ours(world, reply)
    assert "A ticket costs four crowns." in reply.content


async def test_direct_messages_are_answered_from_what_all_may_see(world: World) -> None:
    answer = await write(world, FERRY)
    assert ours(world, answer)
    assert answer.content.startswith(f"{LEAVES} [1]")
    assert NOT_SAID in (await write(world, "How tall is the Eiffel Tower?")).content


async def test_an_answer_pings_nobody_and_shows_no_previews(world: World) -> None:
    await mention(world, FERRY)
    [body] = bodies(world.env)
    assert body["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert discord.MessageFlags._from_value(body["flags"]).suppress_embeds


async def test_a_long_answer_comes_in_several_replies_with_buttons_under_the_last(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, library, long_answer)
    await mention(world, FERRY)
    question, *parts = world.channel.history()
    assert len(parts) > 1
    assert all(len(part.content) <= 2000 for part in parts)
    assert [bool(part.components) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert {part.reference and part.reference.message_id for part in parts} == {question.id}
    said = " ".join(part.content for part in parts).replace("\n", " ")
    assert long_answer(FERRY).text in said


# Not meant for the bot


@reading_along
@pytest.mark.parametrize("text", [FERRY, "<@{alice}> when does the ferry leave?", "@everyone hi"])
async def test_what_members_say_to_each_other_is_not_answered(world: World, text: str) -> None:
    said = await say(world, text.format(alice=world.alice.id), by=world.moderator)
    assert await say(world, FERRY, reply_to=said) == last(world.channel)
    assert len(world.channel.history()) == 2


async def test_other_bots_and_webhooks_are_not_answered(world: World) -> None:
    other = world.guild.add_member(world.env.create_user("other", bot=True))
    await say(world, f"{world.mention} {FERRY}", by=other)
    await world.guild.create_webhook(world.channel).send(f"{world.mention} {FERRY}")
    assert len(world.channel.history()) == 2


@reading_along
async def test_what_discord_itself_says_is_not_answered(world: World) -> None:
    answer = await mention(world, FERRY)
    world.guild.create_system_message(
        world.channel, MessageType.PINS_ADD, author=world.alice, referenced_message=answer
    )
    await world.env.settle()
    assert [ours(world, message) for message in world.channel.history()] == [False, True, False]


# Not to be answered as it is


async def test_a_bare_mention_is_asked_for_a_question(world: World) -> None:
    assert (await mention(world, "")).content == NOTHING_ASKED


@mentions_only
async def test_an_unreadable_reply_is_told_how_to_be_read(world: World) -> None:
    answer = await ask(world, FERRY)  # a reply to this one pings nobody
    reply = await say(world, "What does a ticket cost?", reply_to=answer)
    assert ours(world, reply)
    assert reply.content == UNREADABLE.format(button="Follow-up")


async def test_a_picture_in_direct_messages_is_asked_for_words(world: World) -> None:
    user = world.alice.user
    files = world.env.backend.store_attachments(user.dm_channel.id, [("a.png", b"picture")])
    await user.send_dm("", attachments=files)
    assert last(user.dm_channel).content == NO_WORDS


# What happens meanwhile


async def test_it_shows_that_it_is_typing_until_the_answer_is_there(world: World) -> None:
    before = len(world.env.http_requests)
    await mention(world, FERRY)
    calls = [call.path.rpartition("/")[2] for call in world.env.http_requests[before:]]
    assert calls == ["typing", "messages"]
    await world.env.advance_time(60)
    assert len(world.env.http_requests) == before + 2


@pytest.mark.parametrize("status", [403, 429, 500])
async def test_an_error_in_typing_does_not_cost_the_answer(world: World, status: int) -> None:
    world.env.inject_error("POST", "/channels/*/typing", status=status, times=None)
    assert (await mention(world, FERRY)).content.startswith(LEAVES)


async def test_a_question_deleted_meanwhile_is_answered_all_the_same(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def delete(question: str) -> Answer:
        asked = last(world.channel)
        del world.env.backend.messages[world.channel.id][asked.id]
        return long_answer(question)

    script(monkeypatch, library, delete)
    await mention(world, FERRY)
    for body in bodies(world.env):  # Discord refuses a reply to what is gone, unless told not to
        assert body["message_reference"]["fail_if_not_exists"] is False


async def test_where_it_may_not_write_that_is_logged_and_nothing_else_happens(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    channel = channel_without(world, "send_messages")
    await say(world, f"{world.mention} {FERRY}", channel=channel)
    await say(world, world.mention, channel=channel)
    simcord.assert_no_errors(world.env)
    assert [m.author.id for m in channel.history()] == [world.alice.id] * 2
    assert caplog.messages.count("may not answer") == 2


async def test_whoever_asks_where_it_may_not_write_is_told_once_which_permission_is_missing(
    world: World,
) -> None:
    channel = channel_without(world, "send_messages")
    for _ in range(2):
        await say(world, f"{world.mention} {FERRY}", channel=channel)
    [told] = world.alice.user.dm_channel.history()
    assert told.content.startswith(f"I can't answer in {channel.mention}: I lack *Send Messages*")


async def test_in_a_thread_that_is_locked_meanwhile_the_asker_is_told(world: World) -> None:
    thread = await thread_on(world)
    world.env.inject_error("POST", f"/channels/{thread.id}/messages", status=400, code=160005)
    await say(world, f"{world.mention} {FERRY}", channel=thread)
    [told] = world.alice.user.dm_channel.history()
    assert "locked" in told.content
    simcord.assert_no_errors(world.env)


async def test_a_channel_that_is_deleted_meanwhile_ends_in_the_log(
    world: World,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    channel = world.guild.create_text_channel("brief")

    def delete(question: str) -> Answer:
        world.env.backend.delete_channel(channel.id)
        return long_answer(question)

    script(monkeypatch, library, delete)
    with caplog.at_level(logging.INFO), pytest.raises(KeyError):  # simcord's own, at its end
        await world.alice.send(channel, f"{world.mention} {FERRY}")
    assert "place is gone" in caplog.messages
    simcord.assert_no_errors(world.env)


async def test_a_message_that_is_gone_or_may_not_be_read_is_told_so(world: World) -> None:
    gone = await say(world, FERRY)
    world.env.backend.delete_message(world.channel.id, gone.id)
    reference = {"message_id": str(gone.id), "channel_id": str(world.channel.id)}
    world.env.backend.create_message(
        world.channel.id, world.alice.id, world.mention, reference=reference
    )
    await world.env.settle()
    assert last(world.channel).content == GONE


async def test_a_picture_that_is_meant_holds_no_words(world: World, intent: bool) -> None:
    picture = await world.alice.send(world.channel, "", attachments=[("a.png", b"picture")])
    told = await mention(world, "this?", reply_to=picture)
    assert told.content == (WORDLESS if intent else HIDDEN.format(menu="Answer this"))
