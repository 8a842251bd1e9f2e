"""The scene of a watched post: its first message as it reads now, and what was said around it."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.discord.conversation.message_text import question_text
from bot.discord.records.server_settings import ServerSettings
from bot.discord.records.watched_posts import WatchedPost
from bot.discord.services.services import ServingBot
from retrieval.types import Turn

from .open_question import is_open_question, is_taken_up, is_withdrawn, joins_a_conversation
from .post import LOOKED_AT, has_staff, is_done, question_with_title

# Messages before a question that are looked at: whether it joins a conversation.
BEFORE = 5
# The reason of a post that has its answer, though the bot stopped before it was on record.
ANSWERED = "answered already"
Where = discord.Thread | discord.TextChannel


@dataclass(frozen=True, slots=True)
class Scene:
    """A post or a question with the messages after it, the oldest first, and before it."""

    post: WatchedPost
    where: Where
    opening: discord.Message
    after: Sequence[discord.Message]
    before: Sequence[discord.Message] = ()

    @property
    def question(self) -> tuple[str, list[Turn]]:
        """The question, in a forum of title and body, and what it may point back at."""
        said = question_text(self.opening)
        if isinstance(self.where, discord.Thread):
            return question_with_title(self.where.name, said)
        return said, []

    def spoke(self, me: int) -> bool:
        """Tell whether the bot, whose id is `me`, has answered here already."""
        if self.post.in_forum:
            return any(message.author.id == me for message in self.after)
        return self.opening.flags.has_thread or any(
            message.author.id == me
            and message.reference is not None
            and message.reference.message_id == self.opening.id
            for message in self.after
        )


async def look(bot: ServingBot, post: WatchedPost) -> Scene:
    """Look at a post as it is now.

    Raises discord.NotFound where it, or its channel, is gone, and discord.Forbidden where it may
    not be read.
    """
    where = await _where(bot, post)
    opening = await where.fetch_message(post.id)
    before = []
    if not post.in_forum:
        before = [message async for message in where.history(limit=BEFORE, before=opening)]
    return Scene(post, where, opening, await said_after(where, opening), before)


async def said_after(where: Where, opening: discord.abc.Snowflake) -> list[discord.Message]:
    """The messages after one, the oldest first."""
    return [
        message
        async for message in where.history(limit=LOOKED_AT, after=opening, oldest_first=True)
    ]


async def _where(bot: ServingBot, post: WatchedPost) -> Where:
    id = post.id if post.in_forum else post.channel
    found = bot.get_channel(id) or await bot.fetch_channel(id)
    assert isinstance(found, discord.Thread | discord.TextChannel)
    return found


async def reason_to_let_be(scene: Scene, settings: ServerSettings, me: int) -> str:
    """The reason why a post is not to be answered unasked, if there is one: "" if not."""
    post, opening = scene.post, scene.opening
    if settings.channel(post.channel).mode != "sure":
        return "no longer watched"
    if opening.author.bot or opening.webhook_id:
        return "not a member's"
    if scene.spoke(me):
        return ANSWERED
    if isinstance(scene.where, discord.Thread):
        return await _reason_in_forum(scene, scene.where, settings)
    return _reason_in_channel(scene, me)


def _reason_in_channel(scene: Scene, me: int) -> str:
    if not is_open_question(scene.opening):
        return "no question to all"
    if joins_a_conversation(scene.opening, scene.before, me):
        return "members' talk"
    return "taken up" if is_taken_up(scene.opening, scene.after) else ""


async def _reason_in_forum(scene: Scene, thread: discord.Thread, settings: ServerSettings) -> str:
    if is_done(thread, settings.solved):
        return "solved"
    asker = scene.post.asker
    if any(is_withdrawn(said.content) for said in scene.after if said.author.id == asker):
        return "withdrawn"
    others = [said.author for said in scene.after if said.author.id != asker]
    if await has_staff(thread, others, settings):
        return "staff spoke"
    return "taken up" if any(not author.bot for author in others) else ""
