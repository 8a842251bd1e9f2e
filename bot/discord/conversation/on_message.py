"""Answer a message that is addressed to the bot: question and turns in, replies out."""

import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial

import discord
from discord.ext import commands

from bot.discord.forums.left_alone import is_left_alone
from bot.discord.language.speaking import DirectLanguages, speak
from bot.discord.language.translation import N_, _
from bot.discord.messages.buttons import buttons_for
from bot.discord.messages.failure import explain
from bot.discord.messages.send import patiently
from bot.discord.messages.streaming import deliver
from bot.discord.services.services import Services, ServingBot
from bot.discord.unanswered.helper_replies import replied_to
from retrieval.text.questions_in_message import asks
from retrieval.types import Answer

from .addressed import Recent, called, replies_to
from .history import ORDINARY, earlier_turns
from .introduction import answer_to, helpers_in
from .replies import Replies, Typing, no_place, reply
from .small_talk import Talk, language_of_talk, only_points, talk_of
from .subject import Subject, subject_of, words_of

log = logging.getLogger(__name__)

# Discord tells of changes to old messages too; whoever adds a mention does so soon.
EDITED_SOON = timedelta(days=1)
# Small talk that needs no word where nobody mentions the bot.
ASIDES = (Talk.CHATTER, Talk.THANKS)
NO_QUESTION = N_("I see no question there that the documents could answer.")


class Conversation(commands.Cog):
    """Listens to messages."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services
        self._told_directly = Recent()
        self._directly = DirectLanguages()

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Note in which language somebody sees Discord, which no message tells."""
        self._directly.note(interaction.user.id, interaction.locale)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message if it is addressed to the bot."""
        if not _by_member(message):
            return
        async with self._telling(message):
            if await replied_to(self.services, message):  # a helper's words, not the bot's business
                return
            if await self._is_addressed(message):
                await self._respond(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a message that mentions the bot since it was edited, unless it was answered."""
        message = payload.message
        recent = discord.utils.utcnow() - message.created_at < EDITED_SOON
        if not _by_member(message) or message.edited_at is None or not recent:
            return
        async with self._telling(message):
            meant = called(message, self._me) and not self._lets_be(message)
            if meant and not await self._was_answered(message):
                await self._respond(message)

    async def _was_answered(self, message: discord.Message) -> bool:
        if self.services.attention.answered.get(message.id):
            return True
        libraries = self.services.libraries
        if message.guild is None:
            return await libraries.recall(message.id, None) is not None
        # What nobody asked the bot is on record as well, though nothing was said to it.
        return await libraries.errand(lambda: libraries.records.answers.is_shown(message.id))

    def _lets_be(self, message: discord.Message) -> bool:
        """Tell whether the bot keeps out of a conversation unless somebody calls it."""
        addressed = self._is_reply(message) or called(message, self._me)
        return is_left_alone(message, self.services, addressed)

    async def _is_addressed(self, message: discord.Message) -> bool:
        addressed = await self.services.attention.is_addressed(message, self._me)
        return addressed and not self._lets_be(message)

    async def _respond(self, message: discord.Message) -> None:
        speak(await self.services.language_in(message.guild))
        if message.guild and not called(message, self._me) and not self._is_reply(message):
            await self._overhear(message)
            return
        if message.guild is None:
            talked, person = language_of_talk(message.content), message.author.id
            speak(talked or self._directly.of(person, message.content))
        subject = await subject_of(message, self._me, self.bot.intents.message_content)
        talk = None if subject.hint else talk_of(subject.question)
        if subject.hint or (talk and subject.elsewhere):
            await self._hint(message, subject.hint or _(NO_QUESTION))
        elif talk in ASIDES and self._is_reply(message) and not called(message, self._me):
            log.debug("no question", extra={"id": message.id})
        elif refusal := self.services.limits.refusal(message.author.id):
            await self._reply(message, refusal)
        elif talk:
            await self._introduce(message, talk)
        else:
            await self._answer(message, subject)

    async def _overhear(self, message: discord.Message) -> None:
        """Answer what is said in a thread of the bot's own, if it is a question."""
        said = words_of(message, self._me)
        talk = talk_of(said)
        if (talk and talk is not Talk.ABOUT) or (only_points(said) and not talk):
            log.debug("no question", extra={"id": message.id})
        elif refusal := self.services.limits.refusal(message.author.id):
            await self._reply(message, refusal)
        elif talk:
            await self._introduce(message, talk)
        else:
            await self._answer(message, Subject(said, message), sure_only=not asks(said))

    async def _answer(
        self, message: discord.Message, subject: Subject, sure_only: bool = False
    ) -> None:
        """Answer a question; with `sure_only`, only where the documents answer it."""
        services, id = self.services, message.id
        services.attention.answered.note(id, True)
        guild = message.guild.id if message.guild else None
        typing = Typing(message.channel)
        with services.limits.questions.counted():
            await services.record_asker(id, guild, message.author.id)
            turns = await earlier_turns(subject.message, self._me) if subject.message else []
            seen = services.sight.in_channel(message.channel)
            answers = services.libraries.answers(
                id, guild, subject.question, turns, sure_only, seen
            )
            if not sure_only:
                async with typing:
                    await self._deliver(message, answers, typing, subject.elsewhere)
            elif (answer := await _whole(answers)).answered:
                await self._deliver(message, _given(answer), typing, subject.elsewhere)

    async def _deliver(
        self,
        message: discord.Message,
        answers: AsyncGenerator[Answer, None],
        typing: Typing,
        quoting: bool,
    ) -> None:
        services, id = self.services, message.id
        guild, channel = message.guild.id if message.guild else None, message.channel.id
        place, buttons = Replies(message, typing), await buttons_for(services, id, guild)
        answer = await deliver(answers, place, buttons, services.timing, quoting)
        services.attention.remember(message.channel.id)
        await services.record_place(id, guild, channel, place.first)
        services.log_answer("message", id, guild, answer)

    async def _introduce(self, message: discord.Message, talk: Talk) -> None:
        guild, seen = message.guild, self.services.sight.in_channel(message.channel)
        known = await self.services.libraries.contents(guild.id if guild else None, seen)
        helpers = helpers_in(guild, await self.services.settings_of(guild))
        await self._reply(message, answer_to(talk, known, guild is not None, helpers))

    async def _hint(self, message: discord.Message, text: str) -> None:
        """Say why there is no answer; once only, however often the message is edited."""
        answered = self.services.attention.answered
        if message.id not in answered:
            answered.note(message.id, False)
            await self._reply(message, text)

    async def _reply(self, message: discord.Message, text: str) -> None:
        await patiently(partial(reply, message, text), self.services.timing)

    @asynccontextmanager
    async def _telling(self, message: discord.Message) -> AsyncIterator[None]:
        """Tell the member what went wrong: where they wrote, or directly where that can't be."""
        try:
            yield
        except discord.NotFound as error:  # the channel was deleted meanwhile
            log.info("place is gone", extra={"channel": message.channel.id, "code": error.code})
        except discord.HTTPException as error:
            if (reason := no_place(message, error)) is None:
                await self._reply(message, explain(error))
            else:
                await self._tell_directly(message, reason, error.code)
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await self._reply(message, explain(error))

    async def _tell_directly(self, message: discord.Message, reason: str, code: int) -> None:
        """Tell a member once why the bot is silent in a channel, and the operator each time."""
        channel = message.channel.id
        log.warning("may not answer", extra={"channel": channel, "code": code, "reason": reason})
        if (once := channel ^ message.author.id) not in self._told_directly:
            self._told_directly.note(once, True)
            with suppress(discord.HTTPException):  # who takes no direct messages isn't told
                await message.author.send(reason)

    def _is_reply(self, message: discord.Message) -> bool:
        return replies_to(message, self._me)

    @property
    def _me(self) -> int:
        assert self.bot.user is not None
        return self.bot.user.id


def _by_member(message: discord.Message) -> bool:
    return not message.author.bot and not message.webhook_id and message.type in ORDINARY


async def _whole(answers: AsyncGenerator[Answer, None]) -> Answer:
    async with aclosing(answers):
        *_, answer = [answer async for answer in answers]
    return answer


async def _given(answer: Answer) -> AsyncGenerator[Answer, None]:
    yield answer
