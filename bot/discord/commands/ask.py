"""`/ask` and `/search`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.messages.buttons import Interaction, answer_buttons
from bot.discord.messages.lists import found_page
from bot.discord.messages.page_buttons import FOUND, search_pages
from bot.discord.messages.send import follow_up, replace, say
from bot.discord.messages.streaming import deliver

if TYPE_CHECKING:
    from bot.discord.client import Footnote

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
        answers = self.bot.libraries.answers(interaction.id, interaction.guild_id, question)
        response, buttons = Response(interaction, private), answer_buttons(interaction.id)
        answer = await deliver(answers, response, buttons, quoting=True)
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
            libraries, guild = self.bot.libraries, interaction.guild_id
            passages = await libraries.search(guild, query, FOUND)
            await libraries.record_query(interaction.id, guild, query)
            await replace(
                interaction,
                found_page(query, passages, 0),
                search_pages(interaction.id, 0, len(passages)),
            )


@dataclass(frozen=True, slots=True)
class Response:
    """The place of an answer to a command: where it says that the bot is thinking."""

    interaction: Interaction
    private: bool

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Puts a text in place of what is shown so far."""
        await self.interaction.edit_original_response(content=text, view=view)

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Sends a further message, for the same eyes."""
        await follow_up(self.interaction, text, self.private, view)
