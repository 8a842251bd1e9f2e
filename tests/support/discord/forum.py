"""Forums to play in: members write posts there, as Discord puts them together."""

import discord
import simcord

from bot.discord.records.server_settings import ChannelSettings, ServerSettings
from tests.support.discord.world import World

PAUSE = 60.0


def watched_forum(world: World, **chosen: object) -> simcord.ChannelHandle:
    """A forum whose posts are answered unasked; `chosen` are the server's other settings."""
    forum = world.guild.create_forum_channel("help")
    watch(world, forum, **chosen)
    return forum


def watch(world: World, *channels: simcord.ChannelHandle, **chosen: object) -> None:
    """Have the bot answer unasked in some channels."""
    own = {channel.id: ChannelSettings("sure") for channel in channels}
    usual: dict[str, object] = {"sureness": 0.6, "pause": PAUSE, "cooldown": 0.0}
    settings = ServerSettings(world.guild.id, own, **(usual | chosen))  # type: ignore[arg-type]
    world.services.settings.save(settings)


async def post(
    world: World,
    forum: simcord.ChannelHandle,
    title: str,
    body: str,
    by: simcord.MemberActor | None = None,
) -> simcord.ChannelHandle:
    """A new post of a member: its first message has the number of its thread."""
    backend, author = world.env.backend, (by or world.alice).id
    thread = backend.create_thread(forum.id, title, author, broadcast=False)
    message = backend.prepare_message(thread.id, author, body)
    message.id = thread.id
    backend.announce_thread_create(thread)
    backend.commit_message(message)
    await world.env.settle()
    return next(made for made in forum.threads if made.id == thread.id)


async def wait(world: World, seconds: float = PAUSE) -> None:
    """Let some time pass, and the bot finish what is due by then."""
    await world.env.advance_time(seconds)
    await world.env.settle()


def said_by_bot(world: World, channel: simcord.ChannelHandle) -> list[discord.Message]:
    """All that the bot said in a channel, the oldest first."""
    me = world.bot.user
    assert me is not None
    ours = [message for message in channel.history() if message.author.id == me.id]
    return [message for message in ours if not message.is_system()]
