"""Posts in a forum, as members write them."""

import simcord
from simcord import ChannelHandle

from tests.support.discord.world import World


async def post(
    world: World,
    forum: simcord.ChannelHandle,
    title: str,
    body: str,
    by: simcord.MemberActor | None = None,
) -> simcord.ChannelHandle:
    """A post in a forum: a thread whose first message has the thread's own number."""
    backend, author = world.env.backend, (by or world.alice).id
    thread = backend.create_thread(forum.id, title, author, broadcast=False)
    first = backend.prepare_message(thread.id, author, body)
    first.id = thread.id
    backend.commit_message(first, broadcast=False)
    backend.announce_thread_create(thread)
    backend.announce_message_create(first)
    await world.env.settle()
    return next(handle for handle in threads_of(world, forum) if handle.id == thread.id)


def threads_of(world: World, forum: simcord.ChannelHandle) -> list[ChannelHandle]:
    """The posts of a forum."""
    return list(forum.threads)
