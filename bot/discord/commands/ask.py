"""`/ask` and `/help`: a question answered in place with footnotes, and what can be asked how."""

from discord import app_commands
from discord.ext import commands

from bot.discord.conversation.in_place import answer_in_place, introduce
from bot.discord.conversation.small_talk import Talk
from bot.discord.services import Interaction

Question = app_commands.Range[str, 1, 1000]


class Ask(commands.Cog):
    """Everybody may ask, in servers and in direct messages."""

    @app_commands.command(description="Ask the documents a question")
    @app_commands.describe(
        question="What do you want to know?", private="Show the answer to me alone"
    )
    async def ask(
        self, interaction: Interaction, question: Question, private: bool = False
    ) -> None:
        """Answer a question in place, with footnotes."""
        await answer_in_place(interaction, question, private=private)

    @app_commands.command(description="Say what Footnote is, what it knows, and how to ask it")
    async def help(self, interaction: Interaction) -> None:
        """Introduce the bot, to the caller alone."""
        await introduce(interaction, Talk.ABOUT)
