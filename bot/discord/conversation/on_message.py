"""Answer a message that is addressed to the bot: question and turns in, replies out."""

import logging
from functools import partial
from typing import Any, Self

import discord
from discord.ext import commands

from bot.discord.messages.buttons import answer_buttons
from bot.discord.messages.failure import explain
from bot.discord.messages.send import patiently
from bot.discord.messages.streaming import deliver
from bot.discord.services import Services, ServingBot

from .addressed import roles_of
from .history import earlier_turns, without_mention

log = logging.getLogger(__name__)

ORDINARY = (discord.MessageType.default, discord.MessageType.reply)
# Discord's code where a reply needs *Read Message History*, which the bot lacks there.
NO_REPLY = 160002
UNREADABLE = (
    "I can't read that message: Discord shows me only messages that mention me. "
    "Mention me in it, or use `/ask`."
)
NOTHING_ASKED = "Ask me something, and I will look in the documents for the answer."


class Conversation(commands.Cog):
    """Listens to messages."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message if it is addressed to the bot."""
        if message.author.bot or message.webhook_id or message.type not in ORDINARY:
            return
        try:
            if await self.services.attention.is_addressed(message, self._me):
                await self._respond(message)
        except discord.Forbidden as error:  # it may not write there: nobody can be told there
            log.warning("may not answer", extra={"channel": message.channel.id, "code": error.code})
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await self._reply(message, explain(error))

    async def _respond(self, message: discord.Message) -> None:
        question = without_mention(message.content, self._me, roles_of(message))
        if not question:
            hint = NOTHING_ASKED if message.content or message.guild is None else UNREADABLE
            await self._reply(message, hint)
        elif refusal := self.services.limits.refusal(message.author.id):
            await self._reply(message, refusal)
        else:
            with self.services.limits.questions.counted():
                async with Typing(message.channel) as typing:
                    await self._answer(message, question, typing)

    async def _answer(self, message: discord.Message, question: str, typing: "Typing") -> None:
        services, id = self.services, message.id
        turns = await earlier_turns(message, self._me)
        guild = message.guild.id if message.guild else None
        answers = services.libraries.answers(id, guild, question, turns)
        place = Replies(message, typing)
        answer = await deliver(answers, place, lambda _: answer_buttons(id), services.timing)
        services.attention.remember(message.channel.id)
        services.log_answer("message", id, guild, answer)

    async def _reply(self, message: discord.Message, text: str) -> None:
        await patiently(partial(reply, message, text), self.services.timing)

    @property
    def _me(self) -> int:
        assert self.bot.user is not None
        return self.bot.user.id


async def reply(
    message: discord.Message, text: str, view: discord.ui.View | None = None
) -> discord.Message:
    """Reply to a message, with no previews of links; try only once."""
    options: dict[str, Any] = {} if view is None else {"view": view}
    send = partial(message.channel.send, text, suppress_embeds=True, **options)
    # The question may have been deleted meanwhile: then this is an ordinary message.
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        return await send(reference=reference, mention_author=False)
    except discord.Forbidden as error:
        if error.code != NO_REPLY:
            raise
        return await send()


class Replies:
    """The place of an answer to a message: replies, before which the bot is seen typing."""

    def __init__(self, message: discord.Message, typing: "Typing") -> None:
        self._message = message
        self._typing = typing
        self._first: discord.Message | None = None

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send the first reply, or edit it."""
        if self._first is not None:
            await self._first.edit(content=text, view=view)
        else:
            self._first = await reply(self._message, text, view)
            await self._typing.end()

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send a further reply."""
        await reply(self._message, text, view)


class Typing:
    """The typing indicator. It must never cost an answer, so its errors are logged."""

    def __init__(self, channel: discord.abc.Messageable) -> None:
        self._typing = channel.typing()
        self._shown = False

    async def __aenter__(self) -> Self:
        try:
            await self._typing.__aenter__()
            self._shown = True
        except discord.HTTPException as error:
            log.info("could not show typing", extra={"status": error.status})
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self.end()

    async def end(self) -> None:
        """End the indicator."""
        if self._shown:
            await self._typing.__aexit__(None, None, None)
