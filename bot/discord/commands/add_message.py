"""*Add to Footnote*, in the menu of a message."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.messages.buttons import Interaction, added_by, guild_of
from retrieval.errors import FootnoteError
from retrieval.reading.source import Source
from retrieval.types import Added

from .jobs import Progress, show_job
from .uploads import check_attachment, fetch, from_message

if TYPE_CHECKING:
    from bot.discord.client import Footnote

NAME = "Add to Footnote"


class MessageMenu(commands.Cog):
    """Adds a message, and the files attached to it, to a server's documents."""

    def __init__(self, bot: "Footnote") -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name=NAME, callback=self.add_message)
        self.menu.default_permissions = discord.Permissions(manage_guild=True)
        self.menu.allowed_contexts = app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        )

    async def cog_load(self) -> None:
        """Puts the menu into the tree: discord.py does so by itself only for commands."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Takes it out again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def add_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Adds what a message says, and what is attached to it."""
        self._check(message)
        await interaction.response.defer(ephemeral=True, thinking=True)

        async def job(progress: Progress) -> Sequence[Added]:
            sources = await self._sources(message)
            guild, who = guild_of(interaction), added_by(interaction)
            return await self.bot.libraries.add(guild, sources, who, progress)

        await show_job(interaction, "Adding", job)

    def _check(self, message: discord.Message) -> None:
        if self.bot.user is not None and message.author.id == self.bot.user.id:
            raise FootnoteError("That is my own message: it says nothing that isn't here already.")
        if not message.content.strip() and not message.attachments:
            raise FootnoteError("That message has neither words nor files that I could add.")
        for attachment in message.attachments:
            check_attachment(attachment)

    async def _sources(self, message: discord.Message) -> list[Source]:
        words = [from_message(message)] if message.content.strip() else []
        return [*words, *[await fetch(attachment) for attachment in message.attachments]]
