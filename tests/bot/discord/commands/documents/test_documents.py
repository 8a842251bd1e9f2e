"""Documents are added to a server by whoever may manage it, and answer there."""

from typing import Any
from unittest.mock import Mock

import aiohttp
import discord
import pytest
import simcord

from bot.discord.commands.documents.add_message import NAME
from bot.discord.messages.failure import UNFORESEEN
from retrieval.reading.limits import LARGEST_FILE
from tests.support.discord.acting import ask, shown
from tests.support.discord.moderating import (
    POOL,
    POOL_TEXT,
    call,
    contents,
    documents,
    refusal,
    told,
)
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

MANAGING = {f"documents {command}" for command in ("add", "list", "remove", "refresh")}
HTML = (
    b"<html><head><title>Sauna</title></head><body><p>The sauna is heated at six.</p></body></html>"
)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the attachments that were fetched."""
    names: list[str] = []
    real = discord.Attachment.read

    async def read(self: discord.Attachment, **options: Any) -> bytes:
        names.append(self.filename)
        return await real(self, **options)

    monkeypatch.setattr(discord.Attachment, "read", read)
    return names


# Who may


async def test_they_are_offered_to_those_who_may_manage_the_server(world: World) -> None:
    assert set(world.moderator.available_commands(world.channel)) >= MANAGING
    assert not MANAGING & set(world.alice.available_commands(world.channel))
    with pytest.raises(simcord.SetupError, match="default-member-permissions"):
        await world.alice.slash(world.channel, "documents list")


async def test_they_are_not_offered_in_direct_messages(world: World) -> None:
    for user in (world.alice.user, world.moderator.user):
        assert not MANAGING & set(user.available_commands())
        with pytest.raises(simcord.SetupError, match="context"):
            await user.slash("documents list")


async def test_an_owner_may_decide_otherwise(world: World) -> None:
    await world.env.settle()
    registered = {command.name: command for command in await world.bot.tree.fetch_commands()}
    for name in ("documents", NAME):
        world.guild.set_command_permissions(
            registered[name], {world.alice: True, world.moderator: False}
        )
    # No check of the bot's own stands in the way.
    result = await world.alice.slash(world.channel, "documents add", file=POOL)
    assert "Added" in shown(result).content
    said = await world.alice.send(world.channel, "The bar opens at six.")
    result = await world.alice.context_menu(world.channel, NAME, said)
    assert "Added" in shown(result).content
    assert [document.added_by for document in documents(world)] == [f"discord:{world.alice.id}"] * 2
    with pytest.raises(simcord.SetupError, match="override-denied"):
        await world.moderator.slash(world.channel, "documents list")


# What is added


@pytest.mark.parametrize(
    ("given", "title", "text"),
    [
        ({"file": POOL}, "Pool rules", POOL_TEXT),
        ({"file": ("opening_hours.TXT", b"At six.")}, "opening hours", "At six."),
        ({"file": ("notes.text", "Küche".encode("utf-16"))}, "notes", "Küche"),
        ({"file": ("sauna.html", HTML)}, "Sauna", "The sauna is heated at six."),
        ({"file": ("README", b"The sauna is hot.")}, "README", "The sauna is hot."),
        ({"file": POOL, "title": "Swimming"}, "Swimming", POOL_TEXT),
        ({"text": "The sauna is hot.", "title": "Sauna"}, "Sauna", "The sauna is hot."),
    ],
)
async def test_a_file_or_a_text_is_added(
    world: World, given: dict[str, Any], title: str, text: str
) -> None:
    assert await told(world, "add", **given) == f"Added **{title}**: 1 passage."
    assert contents(world) == {title: text}
    [document] = documents(world)
    assert document.added_by == f"discord:{world.moderator.id}"


async def test_what_was_added_answers_in_that_server_only(world: World) -> None:
    await told(world, "add", file=POOL)
    elsewhere = world.env.create_guild("Other")
    other = elsewhere.add_member(world.alice.user)
    channel = elsewhere.create_text_channel("general")
    question = "When is the pool closed?"
    assert "The pool is closed on Mondays. [1]" in (await ask(world, question)).content
    abroad = await ask(world, question, by=other, channel=channel)
    direct = shown(await world.alice.user.slash("ask", question=question))
    assert "Mondays" not in abroad.content + direct.content


async def test_the_same_file_again_changes_nothing(world: World) -> None:
    await told(world, "add", file=POOL)
    before = documents(world)
    assert await told(world, "add", file=POOL) == "Unchanged: **Pool rules** is here already."
    assert documents(world) == before


async def test_a_file_of_the_same_name_replaces_the_older(world: World) -> None:
    await told(world, "add", file=POOL)
    new = ("pool.md", b"# Pool rules\n\nThe pool is closed on Fridays.")
    said = await told(world, "add", file=new)
    assert said == "Replaced **Pool rules** in place of its older version: 1 passage."
    assert contents(world) == {"Pool rules": "Pool rules\n\nThe pool is closed on Fridays."}


async def test_a_text_of_the_same_title_replaces_the_older(world: World) -> None:
    await told(world, "add", text="At six.", title="Bar")
    assert (await told(world, "add", text="At seven.", title="Bar")).startswith("Replaced **Bar**")
    assert contents(world) == {"Bar": "At seven."}


# What is not


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "one thing to add: a file, a text, a url, or a channel"),
        ({"title": "Sauna"}, "one thing to add: a file, a text, a url, or a channel"),
        (
            {"file": POOL, "text": "The sauna is hot."},
            "one thing to add: a file, a text, a url, or a channel",
        ),
        ({"text": "The sauna is hot."}, "needs a title"),
        ({"text": "The sauna is hot.", "title": "  "}, "needs a title"),
        (
            {"file": POOL, "url": "https://x.example"},
            "one thing to add: a file, a text, a url, or a channel",
        ),
        ({"url": "x.example"}, "A url begins with"),
        ({"url": "file:///etc/passwd"}, "A url begins with"),
        ({"file": ("cat.gif", b"GIF89a")}, "cat.gif holds no text (image/gif)"),
        ({"file": ("song.mp3", b"ID3")}, "song.mp3 holds no text (audio/mpeg)"),
        ({"file": ("empty.txt", b"")}, "empty.txt is empty"),
    ],
)
async def test_what_can_not_be_added_is_refused_unread(
    world: World, reads: list[str], given: dict[str, Any], why: str
) -> None:
    assert why in refusal(world, await call(world, "add", **given))
    assert documents(world) == []
    assert reads == []


async def test_a_file_that_is_too_large_is_refused_unread(
    world: World, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = property(lambda _: 3 * LARGEST_FILE, lambda *_: None)
    monkeypatch.setattr(discord.Attachment, "size", size)
    why = refusal(world, await call(world, "add", file=POOL))
    assert why.startswith("pool.md has 60 MiB; 20 MiB is the most.")
    assert documents(world) == []
    assert reads == []


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (("photo.txt", b"\x89PNG\r\n\x1a\n"), "photo.txt is damaged"),
        (("zeros.md", bytes(1000)), "zeros.md holds binary data"),
        (("blank.txt", b" \n\n "), "blank.txt holds no text"),
    ],
)
async def test_a_file_that_holds_no_text_is_refused(
    world: World, reads: list[str], file: tuple[str, bytes], why: str
) -> None:
    said = await told(world, "add", file=file)
    assert said.startswith(f"⚠️ {why}")
    assert documents(world) == []
    assert reads == [file[0]]


@pytest.mark.parametrize("name", ["/etc/hostname.txt", "../../etc/passwd", "~/.bashrc.md"])
async def test_the_name_of_a_file_is_never_a_path(world: World, name: str) -> None:
    assert (await told(world, "add", file=(name, b"Sent by a member."))).startswith("Added")
    assert [*contents(world).values()] == ["Sent by a member."]
    assert "attach" in await told(world, "refresh")
    assert [*contents(world).values()] == ["Sent by a member."]


@pytest.mark.parametrize(
    "failure",
    [
        discord.HTTPException(Mock(status=403), "gone"),
        aiohttp.ServerDisconnectedError(),
        ConnectionResetError(),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_file_that_discord_does_not_hand_over_is_to_be_attached_again(
    world: World, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    async def read(self: discord.Attachment) -> bytes:
        raise failure

    monkeypatch.setattr(discord.Attachment, "read", read)
    why = await told(world, "add", file=POOL)
    assert "pool.md" in why
    assert "attach it again" in why
    assert documents(world) == []


async def test_what_nobody_foresaw_is_said_without_particulars(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing = Mock(side_effect=RuntimeError("particulars"))
    monkeypatch.setattr(world.services.libraries.library, "add", failing)
    result = await call(world, "add", file=POOL)
    simcord.assert_error(world.env, RuntimeError)
    assert result.ephemeral
    assert shown(result).content == UNFORESEEN
    assert "particulars" in caplog.text
