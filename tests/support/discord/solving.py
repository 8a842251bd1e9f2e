"""Forums in which members solve things, and moderators who follow them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import Any

import discord
import simcord

from bot.discord.knowledge.mark_answer import NAME
from tests.support.discord.acting import restart, shown
from tests.support.discord.forum import post
from tests.support.discord.moderating import call
from tests.support.discord.world import World

TITLE, ASKED = "Pump hums", "My garden pump hums but it moves no water. What can I do?"
QUESTION = "Why does my garden pump hum without moving water?"
BLEED = "Bleed the air valve on the left until water drips out, then start the pump again."
GLUE = "Just pour a bucket of glue into it, works every time."
TICK = "✅"
BARE = {"moderated": False, "emoji_id": None, "emoji_name": None}


def forum_with_tag(world: World, name: str = "help") -> simcord.ChannelHandle:
    """A forum with the tag *solved*."""
    forum = world.guild.create_forum_channel(name)
    tags = [{"id": str(world.env.backend.snowflake()), "name": "solved", **BARE}]
    world.env.backend.edit_channel(forum.id, {"available_tags": tags})
    return forum


async def tag(world: World, forum: simcord.ChannelHandle, thread: Any, solved: bool = True) -> None:
    """Put the tag on a post, or take it off."""
    backend = world.env.backend
    id = int(backend.get_channel(forum.id).available_tags[0]["id"])
    backend.edit_channel(thread.id, {"applied_tags": [id] if solved else []})
    await world.env.settle()


async def archive(world: World, thread: simcord.ChannelHandle) -> None:
    """Archive a thread."""
    world.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    await world.env.settle()


async def asked_and_answered(
    world: World, forum: simcord.ChannelHandle, title: str = TITLE, answer: str = BLEED
) -> tuple[simcord.ChannelHandle, discord.Message]:
    """A post with chatter and an answer in it: the post, and the answer."""
    thread = await post(world, forum, title, ASKED)
    other = world.guild.add_member(world.env.create_user(f"ada-{thread.id}", global_name="Ada"))
    await other.send(thread, GLUE)
    return thread, await other.send(thread, answer)


async def mark(
    world: World,
    thread: simcord.ChannelHandle,
    message: discord.Message,
    by: simcord.MemberActor | None = None,
) -> simcord.InteractionResult:
    """Mark a message as the answer, as a moderator does."""
    return await (by or world.moderator).context_menu(thread, NAME, message)


async def follow(world: World, channel: simcord.ChannelHandle, take: str = "all") -> str:
    """Follow a channel; return what the moderator is told."""
    said = shown(await call(world, "add", channel=channel, take=take)).content
    await world.env.settle()
    return said


@contextmanager
def unseen(world: World) -> Iterator[None]:
    """Have things happen that the bot hears nothing of: it is away."""
    backend: Any = world.env.backend
    emit = backend.emit
    backend.emit = lambda *_, **__: None
    try:
        yield
    finally:
        backend.emit = emit


@asynccontextmanager
async def settled_after(world: World, away: bool) -> AsyncIterator[None]:
    """Have things happen before the bot's eyes, or while it is away, and wait until it has seen to
    them."""
    with unseen(world) if away else nullcontext():
        yield
    if away:
        await restart(world)
    await world.env.settle()
