"""`/ask`, `/search` and `/help`: an answer in place, passages, and what can be asked how."""

from discord import app_commands
from discord.ext import commands

from bot.discord.conversation.in_place import answer_in_place, introduce
from bot.discord.conversation.small_talk import Talk
from bot.discord.language.translation import N_
from bot.discord.messages.page_buttons import FOUND, search_pages
from bot.discord.messages.search_results import found_page
from bot.discord.messages.send import replace, say
from bot.discord.services.services import Interaction, Services

Question = app_commands.Range[str, 1, 1000]
Query = app_commands.Range[str, 1, 1000]


class Ask(commands.Cog):
    """Everybody may ask, in servers and in direct messages."""

    @app_commands.command(description=N_("Ask the documents a question"))
    @app_commands.describe(
        question=N_("What do you want to know?"), private=N_("Show the answer to me alone")
    )
    async def ask(
        self, interaction: Interaction, question: Question, private: bool = False
    ) -> None:
        """Answer a question in place, with footnotes."""
        await answer_in_place(interaction, question, private=private)

    @app_commands.command(description=N_("Say what Footnote is, what it knows, and how to ask it"))
    async def help(self, interaction: Interaction) -> None:
        """Introduce the bot, to the caller alone."""
        await introduce(interaction, Talk.ABOUT)


class Search(commands.Cog):
    """Everybody may search, in servers and in direct messages."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(description=N_("Show the passages that match some words best"))
    @app_commands.describe(query=N_("What to look for"))
    async def search(self, interaction: Interaction, query: Query) -> None:
        """List the best passages, with pages to turn.

        The query is recorded, so that its pages can be turned after a restart as well.
        """
        limits = self.services.limits
        if refusal := limits.refusal(interaction.user.id):
            await say(interaction, refusal)
            return
        with limits.questions.counted():
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._show(interaction, query)

    async def _show(self, interaction: Interaction, query: str) -> None:
        libraries, guild = self.services.libraries, interaction.guild_id
        await self.services.record_asker(interaction.id, guild, interaction.user.id)
        seen = self.services.sight.of(interaction, private=True)
        passages = await libraries.search(guild, query, FOUND, seen)
        await libraries.record_query(interaction.id, guild, query)
        page = found_page(query, passages, 0)
        await replace(interaction, page, search_pages(interaction.id, 0, len(passages)))
