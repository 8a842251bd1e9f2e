"""Menus of a message, under *Apps*: answer it, or show what was answered to the like before.

Discord hands the message's words over whether or not the bot may read along.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.conversation.history import earlier_turns
from bot.discord.conversation.in_place import answer_in_place
from bot.discord.conversation.message_text import attachments_of
from bot.discord.conversation.small_talk import only_points, talk_of
from bot.discord.conversation.subject import NO_WORDS, WORDLESS, question_in
from bot.discord.language.translation import N_, _
from bot.discord.messages.send import replace, say
from bot.discord.services.services import Interaction, Services, ServingBot
from retrieval.errors import FootnoteError
from retrieval.types import Turn

from .similar import Likeness, similar_questions

ANSWER, ANSWER_PRIVATELY = N_("Answer this"), N_("Answer this for me alone")
SIMILAR = N_("Similar answered questions")
OWN = N_("That is my own message: reply to it, or press {button} under it.")
NO_QUESTION = N_("I see no question in that message.")


class MessageMenus(commands.Cog):
    """Everybody may have a message answered, in servers and in direct messages."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self._likeness = Likeness(services.libraries.library.embedder)
        self.menus = (
            app_commands.ContextMenu(name=ANSWER, callback=self.answer),
            app_commands.ContextMenu(name=ANSWER_PRIVATELY, callback=self.answer_privately),
            app_commands.ContextMenu(name=SIMILAR, callback=self.similar),
        )

    async def cog_load(self) -> None:
        """Put the menus into the tree: discord.py does so by itself only for commands."""
        for menu in self.menus:
            self.bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Take them out again."""
        for menu in self.menus:
            self.bot.tree.remove_command(menu.name, type=menu.type)

    async def answer(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer a message for all to read."""
        await self._answer(interaction, message, private=False)

    async def answer_privately(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer a message for the caller alone."""
        await self._answer(interaction, message, private=True)

    async def _answer(
        self, interaction: Interaction, message: discord.Message, private: bool
    ) -> None:
        question = self._question(message)

        async def earlier() -> list[Turn]:
            return await earlier_turns(message, self._me)

        await answer_in_place(interaction, question, earlier, private)

    async def similar(self, interaction: Interaction, message: discord.Message) -> None:
        """Show questions like a message that were answered in this server, to the caller alone."""
        question = self._question(message)
        if refusal := interaction.client.services.limits.refusal(interaction.user.id):
            await say(interaction, refusal)
            return
        with interaction.client.services.limits.questions.counted():
            await interaction.response.defer(ephemeral=True, thinking=True)
            await replace(
                interaction, await similar_questions(interaction, question, self._likeness)
            )

    def _question(self, message: discord.Message) -> str:
        """The question in a message. Raises FootnoteError, saying why, where there is none."""
        if message.author.id == self._me:
            raise FootnoteError(OWN, button=_("Follow-up"))
        question = question_in(message, self._me)
        if not question:
            raise FootnoteError(NO_WORDS if attachments_of(message) else WORDLESS)
        if talk_of(question) or only_points(question):
            raise FootnoteError(NO_QUESTION)
        return question

    @property
    def _me(self) -> int:
        assert self.bot.user is not None
        return self.bot.user.id
