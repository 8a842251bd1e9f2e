"""Take forms that members send back: a follow-up is asked, a reason is kept.

They are known by their ids, not by what discord.py remembers of forms that it sent: one may be sent
long after it was opened, or after a restart.
"""

from typing import Any

import discord
from discord.ext import commands

from bot.discord.language.speaking import speak_to
from bot.discord.language.translation import N_, _
from bot.discord.messages.failure import explain
from bot.discord.messages.send import replace, say
from bot.discord.records.answer_record import AnswerRecord
from bot.discord.services.services import Interaction, Services
from retrieval.types import Turn

from .history import reply_chain, turns_of
from .in_place import answer_in_place
from .modals import FOLLOW_UP, FORM, typed

KEPT = N_("Thank you. That is kept with your vote, for those who look after the documents.")
EMPTY = N_("There were no words in it. Press the button again to write some.")
FORGOTTEN = N_("I no longer remember that answer, so there is nothing to keep that with.")


class Submitted(commands.Cog):
    """Listens to forms."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a form, if it is one of an answer's."""
        data: Any = interaction.data or {}
        form = FORM.fullmatch(data.get("custom_id", ""))
        if interaction.type is not discord.InteractionType.modal_submit or form is None:
            return
        speak_to(interaction)
        words, answer = typed(data.get("components", ())), int(form["answer"])
        take = self._ask if form["kind"] == FOLLOW_UP else self._keep
        try:
            await (take(interaction, answer, words) if words else say(interaction, _(EMPTY)))
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))

    async def _ask(self, interaction: Interaction, answer: int, question: str) -> None:
        """Answer a follow-up, seen by those who see the answer that it follows."""
        message = interaction.message
        private = message is not None and message.flags.ephemeral

        async def earlier() -> list[Turn]:
            return await self._turns(interaction, answer)

        if await answer_in_place(interaction, question, earlier, private):
            answers, id = self._record, interaction.id
            await self.services.libraries.note(lambda: answers.record_follow_up(id, answer))

    async def _turns(self, interaction: Interaction, answer: int) -> list[Turn]:
        """The turns that a follow-up has before it: what was asked is on record, at its full
        length; what was answered stands in the message."""
        libraries, guild = self.services.libraries, interaction.guild_id
        asked = await libraries.recall(answer, guild)
        before = await libraries.errand(lambda: self._record.questions_before(answer, guild))
        *earlier, last = await self._in_messages(interaction) or [Turn("", "")]
        last = Turn((asked and asked.question) or last.question, last.answer)
        return [*(earlier or [Turn(question, "") for question in before]), last]

    async def _in_messages(self, interaction: Interaction) -> list[Turn]:
        message, me = interaction.message, interaction.client.user
        if message is None or me is None:
            return []
        return turns_of([*await reply_chain(message), message], me.id)

    async def _keep(self, interaction: Interaction, answer: int, reason: str) -> None:
        """Keep the reason why an answer did not help, for those who look after the documents."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild, member = interaction.guild_id, interaction.user.id
        kept = await self.services.libraries.errand(
            lambda: self._record.record_reason(answer, guild, member, reason)
        )
        await replace(interaction, _(KEPT if kept else FORGOTTEN))

    @property
    def _record(self) -> AnswerRecord:
        return self.services.libraries.records.answers
