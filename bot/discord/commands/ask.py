"""`/ask`: a question, answered in place with footnotes."""

from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.messages.buttons import answer_buttons
from bot.discord.messages.send import follow_up, say
from bot.discord.messages.streaming import deliver
from bot.discord.services import Interaction, Services

Question = app_commands.Range[str, 1, 1000]


class Ask(commands.Cog):
    """Everybody may ask, in servers and in direct messages."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(description="Ask the documents a question")
    @app_commands.describe(
        question="What do you want to know?", private="Show the answer to me alone"
    )
    async def ask(
        self, interaction: Interaction, question: Question, private: bool = False
    ) -> None:
        """Answer a question in place, with footnotes."""
        limits = self.services.limits
        if refusal := limits.refusal(interaction.user.id):
            await say(interaction, refusal)
            return
        with limits.questions.counted():
            await interaction.response.defer(ephemeral=private, thinking=True)
            await self._answer(interaction, question, private)

    async def _answer(self, interaction: Interaction, question: str, private: bool) -> None:
        services, id, guild = self.services, interaction.id, interaction.guild_id
        answers = services.libraries.answers(id, guild, question)
        place, timing = Response(interaction, private), services.timing
        answer = await deliver(answers, place, lambda _: answer_buttons(id), timing, quoting=True)
        if not private and interaction.channel_id is not None:
            services.attention.remember(interaction.channel_id)
        services.log_answer("ask", id, guild, answer)


@dataclass(frozen=True, slots=True)
class Response:
    """The place of an answer to a command: where Discord says that the bot is thinking."""

    interaction: Interaction
    private: bool

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Put a text in place of what is shown so far."""
        await self.interaction.edit_original_response(content=text, view=view)

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send a further message, visible to the same people."""
        await follow_up(self.interaction, text, self.private, view)
