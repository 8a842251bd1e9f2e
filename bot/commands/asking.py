"""`/ask` and `/search`."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from ..delivery import add, replace, say
from ..lists import found_page
from ..pages import FOUND, search_pages
from ..render import answer_messages
from ..views import Interaction, answer_buttons

if TYPE_CHECKING:
    from ..client import Footnote

Question = app_commands.Range[str, 1, 1000]


class Asking(commands.Cog):
    """The commands that everybody may use, in servers and in direct messages."""

    def __init__(self, bot: "Footnote") -> None:
        self.bot = bot

    @app_commands.command(description="Ask the documents a question")
    @app_commands.describe(
        question="What do you want to know?", private="Show the answer to me alone"
    )
    async def ask(
        self, interaction: Interaction, question: Question, private: bool = False
    ) -> None:
        """Answers a question in place, with footnotes."""
        if refusal := self.bot.limits.refusal(interaction.user.id):
            await say(interaction, refusal)
            return
        with self.bot.limits.questions.counted():
            await interaction.response.defer(ephemeral=private, thinking=True)
            await self._answer(interaction, question, private)

    async def _answer(self, interaction: Interaction, question: str, private: bool) -> None:
        answer = await self.bot.desk.ask(interaction.id, interaction.guild_id, question)
        first, *others = answer_messages(answer, quoting=True)
        buttons = answer_buttons(interaction.id)
        await replace(interaction, first, None if others else buttons)
        for number, text in enumerate(others, start=1):
            view = buttons if number == len(others) else discord.utils.MISSING
            await add(interaction, text, private, view)
        if not private and interaction.channel_id is not None:
            self.bot.attention.remember(interaction.channel_id)
        self.bot.log_answer("ask", interaction.id, interaction.guild_id, answer)

    @app_commands.command(description="Show the passages that match some words best")
    @app_commands.describe(query="What to look for")
    async def search(self, interaction: Interaction, query: Question) -> None:
        """Lists passages, to whoever searches alone, with pages to turn."""
        if refusal := self.bot.limits.refusal(interaction.user.id):
            await say(interaction, refusal)
            return
        with self.bot.limits.questions.counted():
            await interaction.response.defer(ephemeral=True, thinking=True)
            desk, guild = self.bot.desk, interaction.guild_id
            passages = await desk.search(guild, query, FOUND)
            await desk.record_query(interaction.id, guild, query)
            await replace(
                interaction,
                found_page(query, passages, 0),
                search_pages(interaction.id, 0, len(passages)),
            )
