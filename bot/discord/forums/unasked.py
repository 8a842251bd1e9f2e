"""Answer a watched post, or a follow-up in it, where the bot is sure; else say nothing.

What it is not sure of is put on record as unanswered, so that somebody can write it down.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field, replace

import discord

from bot.discord.conversation.history import earlier_turns
from bot.discord.conversation.message_text import question_text
from bot.discord.conversation.replies import reply
from bot.discord.language.speaking import speak
from bot.discord.messages.buttons import answer_buttons
from bot.discord.messages.streaming import deliver
from bot.discord.records.server_settings import ServerSettings
from bot.discord.records.watched_posts import WatchedPost
from bot.discord.services.services import Services, ServingBot
from bot.output.text import shortened
from retrieval.types import Answer, Turn

from .open_question import is_open_question
from .post import has_staff, is_done
from .scene import ANSWERED, Scene, look, reason_to_let_be, said_after
from .similar_posts import similar_posts
from .sureness import as_unanswered, is_sure

log = logging.getLogger(__name__)

# Messages of a thread in which staff may have spoken, the newest.
LOOKED_BACK = 200
# The characters that a thread's name may have.
THREAD_NAME = 100


@dataclass(frozen=True, slots=True)
class Unasked:
    """Answers what nobody asked the bot."""

    bot: ServingBot
    services: Services

    async def see_to(self, post: WatchedPost) -> float | None:
        """Answer a post, or let it be; returns the seconds after which to see to it again, if any.

        Raises discord.HTTPException where Discord refuses.
        """
        speak(await self.services.language_in(self.bot.get_guild(post.server)))
        settings, now = self.services.settings.of(post.server), discord.utils.utcnow()
        scene = await look(self.bot, post)
        why = await reason_to_let_be(scene, settings, self._me)
        wait: float | None = None
        answer = None if why else await self._find_answer(scene, settings)
        if answer is not None:
            wait = await asyncio.to_thread(self.services.watched.claim, post, settings, now)
            why = "enough for this hour" if wait is None else ""
        if answer is None or wait is None:
            await self._let_be(post, why or "unsure")
            if not why and settings.similar_posts:
                await self._tell_similar(scene)
        elif not wait:
            await self._give(scene, settings, answer)
        return wait or None

    async def _tell_similar(self, scene: Scene) -> None:
        """Name solved posts like a new one that is not answered, once."""
        where, post = scene.where, scene.post
        if isinstance(where, discord.Thread):
            libraries, said = self.services.libraries, question_text(scene.opening)
            seen = self.services.sight.in_channel(where)
            text = await similar_posts(libraries, post.server, post.id, where.name, said, seen)
            if text:
                await where.send(text, suppress_embeds=True)

    async def _find_answer(self, scene: Scene, settings: ServerSettings) -> Answer | None:
        post = scene.post
        await self.services.record_asker(post.id, post.server, post.asker)
        seen = self.services.sight.in_channel(scene.where)
        return await self._sure_answer(*scene.question, post.id, post.channel, settings, seen)

    async def _give(self, scene: Scene, settings: ServerSettings, answer: Answer) -> None:
        """Give the answer, unless something came in between while it was looked for."""
        post = scene.post
        seen = self.services.sight.in_channel(scene.where)
        written = await self._written(answer, *scene.question, post.id, post.server, seen)
        now = replace(scene, after=await said_after(scene.where, scene.opening))
        why = "" if written.answered else "the chat model abstained"
        if why := why or await reason_to_let_be(now, settings, self._me):
            await self._let_be(post, why)
            return
        where = Beneath(scene, settings.answer_in_thread)
        await self._show(where, post.id, post.server, written)
        thread = where.thread.id if where.thread is not None else None
        await asyncio.to_thread(self.services.watched.answered, post, thread)

    async def follow_up(self, message: discord.Message, post: WatchedPost) -> None:
        """Answer what the original poster asks on in a post that was answered."""
        speak(await self.services.language_in(message.guild))
        settings, thread = self.services.settings.of(post.server), message.channel
        assert isinstance(thread, discord.Thread)
        if message.author.id != post.asker or not is_open_question(message):
            return
        if self.services.limits.refusal(message.author.id):  # nobody asked the bot: it is silent
            return
        await self.services.record_asker(message.id, post.server, message.author.id)
        turns = await earlier_turns(message, self._me)
        seen = self.services.sight.in_channel(thread)
        answer = await self._sure_answer(
            message.content, turns, message.id, post.channel, settings, seen
        )
        if answer is None or is_done(thread, settings.solved):
            return
        answer = await self._written(answer, message.content, turns, message.id, post.server, seen)
        if answer.answered and not await self._staff_spoke(thread, post, settings):
            await self._show(Reply(message), message.id, post.server, answer)

    async def _staff_spoke(
        self, thread: discord.Thread, post: WatchedPost, settings: ServerSettings
    ) -> bool:
        """Tell whether staff has spoken in a thread, or through the bot: where it was asked to."""
        libraries = self.services.libraries
        hand_offs = libraries.records.hand_offs
        if await libraries.errand(lambda: hand_offs.replied_in(thread.id, post.server)):
            return True
        said = [each async for each in thread.history(limit=LOOKED_BACK)]
        others = [each.author for each in said if each.author.id != post.asker]
        return await has_staff(thread, others, settings)

    async def _sure_answer(
        self,
        question: str,
        turns: Sequence[Turn],
        id: int,
        channel: int,
        settings: ServerSettings,
        seen: Sequence[str],
    ) -> Answer | None:
        """The answer, if it is sure enough for a channel; else None, and it goes on record."""
        libraries = self.services.libraries
        answer = await libraries.quote(settings.server, question, turns, seen)
        if is_sure(answer, settings.sureness_in(channel)):
            return answer
        await libraries.record_answer(id, settings.server, as_unanswered(answer))
        return None

    async def _written(
        self,
        answer: Answer,
        question: str,
        turns: Sequence[Turn],
        id: int,
        server: int,
        seen: Sequence[str],
    ) -> Answer:
        """The answer as it is given, and on record: by the chat model, where there is one."""
        libraries = self.services.libraries
        if libraries.library.chat is None:
            await libraries.record_answer(id, server, answer)
            return answer
        answers = libraries.answers(id, server, question, turns, seen=seen)
        *_, written = [each async for each in answers]
        return written

    async def _show(self, place: "Beneath | Reply", id: int, server: int, answer: Answer) -> None:
        services = self.services
        await deliver(_whole(answer), place, lambda _: answer_buttons(id), services.timing)
        if place.first is not None:
            await services.record_place(id, server, place.first.channel.id, place.first)
        services.log_answer("unasked", id, server, answer)

    async def _let_be(self, post: WatchedPost, why: str) -> None:
        if why == ANSWERED:
            await asyncio.to_thread(self.services.watched.answered, post, post.thread)
        else:
            await asyncio.to_thread(self.services.watched.let_be, post, why)
        log.info("let be", extra={"id": post.id, "server": post.server, "why": why})

    @property
    def _me(self) -> int:
        assert self.bot.user is not None
        return self.bot.user.id


async def _whole(answer: Answer) -> AsyncGenerator[Answer, None]:
    yield answer


@dataclass(slots=True)
class Beneath:
    """The place of an answer to a watched post: in it, or under a question in a channel, there
    in a thread of its own if that is wanted and allowed."""

    scene: Scene
    in_thread: bool
    thread: discord.Thread | None = field(default=None, init=False)
    first: discord.Message | None = field(default=None, init=False)

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send the answer."""
        where, opening = self.scene.where, self.scene.opening
        if isinstance(where, discord.Thread):
            self.thread = where
        elif self.in_thread and self.thread is None:
            name = shortened(" ".join(opening.content.split()), THREAD_NAME)[:THREAD_NAME]
            self.thread = await opening.create_thread(name=name)
        self.first = await self._send(text, view)

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send a further part of it."""
        await self._send(text, view)

    async def _send(self, text: str, view: discord.ui.View | None) -> discord.Message:
        if self.thread is None:
            return await reply(self.scene.opening, text, view)
        if view is None:
            return await self.thread.send(text, suppress_embeds=True)
        return await self.thread.send(text, view=view, suppress_embeds=True)


@dataclass(slots=True)
class Reply:
    """The place of an answer to a follow-up: replies to it."""

    message: discord.Message
    first: discord.Message | None = field(default=None, init=False)

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send the answer."""
        self.first = await reply(self.message, text, view)

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send a further part of it."""
        await reply(self.message, text, view)
