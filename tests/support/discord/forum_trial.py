"""A trial of what is answered unasked: posts in a watched forum, and what the bot did in each."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import simcord

from bot.discord.forums.sureness import LEVELS
from tests.support.discord.forum import post, said_by_bot, wait, watched_forum
from tests.support.discord.world import World

STAFF_FIRST = 10
Restart = Callable[[World], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Post:
    """A post, and words that stand in a right answer, if the documents have one."""

    kind: str
    title: str
    body: str
    right: str

    def is_right(self, text: str) -> bool:
        """Tell whether an answer holds what it should."""
        return bool(self.right) and self.right.casefold() in text.casefold()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answers in the posts, and their number in those where staff had spoken."""

    answers: tuple[tuple[Post, tuple[str, ...]], ...]
    after_staff: int

    def answered(self, kind: str) -> int:
        """The posts of a kind that were answered."""
        return sum(bool(said) for post, said in self.answers if post.kind == kind)

    @property
    def right(self) -> int:
        """The answers that are right."""
        return sum(post.is_right(" ".join(said)) for post, said in self.answers)

    @property
    def twice(self) -> int:
        """The posts that were answered more than once."""
        return sum(len(said) > 1 for _, said in self.answers)

    @property
    def which(self) -> frozenset[int]:
        """The posts that were answered, by their places."""
        return frozenset(at for at, (_, said) in enumerate(self.answers) if said)


async def try_posts(world: World, posts: Sequence[Post], again: Restart | None = None) -> Outcome:
    """Write all posts, in two halves, and see what the bot does; `again` restarts it in the midst,
    twice: with posts waited for, and with some answered."""
    forum = watched_forum(world, sureness=LEVELS["sure"].confidence, hourly_cap=1000)
    half = len(posts) // 2
    threads = [await _post(world, forum, each, n) for n, each in enumerate(posts[:half])]
    if again is not None:
        await again(world)
    await wait(world)
    threads += [await _post(world, forum, each, n) for n, each in enumerate(posts[half:])]
    await world.env.advance_time(30)
    if again is not None:
        await again(world)
    await wait(world)
    said = [tuple(m.content for m in said_by_bot(world, thread)) for thread in threads]
    after_staff = await _after_staff(world, forum, posts, threads)
    return Outcome(tuple(zip(posts, said, strict=True)), after_staff)


async def _post(
    world: World, forum: simcord.ChannelHandle, each: Post, number: int
) -> simcord.ChannelHandle:
    author = world.guild.add_member(world.env.create_user(f"member-{forum.id}-{number}"))
    return await post(world, forum, each.title, each.body, by=author)


async def _after_staff(
    world: World,
    forum: simcord.ChannelHandle,
    posts: Sequence[Post],
    threads: Sequence[simcord.ChannelHandle],
) -> int:
    """Count the answers where staff has spoken: before the bot did, or after it."""
    count = 0
    for number, each in enumerate(posts[:STAFF_FIRST]):
        thread = await _post(world, forum, each, 1000 + number)
        await world.moderator.send(thread, "I'll have a look.")
        await wait(world)
        count += len(said_by_bot(world, thread))
    answered = [at for at, thread in enumerate(threads) if said_by_bot(world, thread)]
    for at in answered[:STAFF_FIRST]:
        before = len(said_by_bot(world, threads[at]))
        await world.moderator.send(threads[at], "Ask me if you need more.")
        asker = threads[at].history()[0].author.id
        world.env.backend.create_message(threads[at].id, asker, posts[at].body)
        await world.env.settle()
        count += len(said_by_bot(world, threads[at])) - before
    return count
