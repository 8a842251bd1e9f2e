"""*Add to Footnote*, in the menu of a message."""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.commands.permissions import for_managers
from bot.discord.conversation.message_text import attachments_of, document_text
from bot.discord.knowledge.followed_sources import follow_of
from bot.discord.language.translation import N_, _
from bot.discord.services.libraries import Progress, library_of
from bot.discord.services.services import Interaction, Services, ServingBot, added_by
from retrieval.errors import FootnoteError
from retrieval.types import Added

from .jobs import show_job
from .uploads import check_attachment

NAME = N_("Add to Footnote")
PUBLISHED = N_(
    "⚠️ Everybody may read this now, though not everybody sees the channel. `/documents move` puts "
    "it into a collection, which `/collections` makes."
)


class AddMessage(commands.Cog):
    """Adds a message to a server's documents, with its embeds, its files, and what it forwards."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services
        self.menu = for_managers(app_commands.ContextMenu(name=NAME, callback=self.add_message))

    async def cog_load(self) -> None:
        """Put the menu into the tree: discord.py does so by itself only for commands."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take it out again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def add_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Add a message's text and its attachments."""
        self._check(message)
        await interaction.response.defer(ephemeral=True, thinking=True)
        store, warning = self._store(interaction)

        async def job(progress: Progress) -> Sequence[Added]:
            added, who = follow_of(interaction).keeper.added, added_by(interaction)
            return await added.add(message, who, store, progress)

        await show_job(self.services, interaction, _("Adding"), job, warning)

    def _store(self, interaction: Interaction) -> tuple[str, str]:
        """The store for what is said in a channel, and a warning where more people may read there
        than see the channel."""
        sight, server, channel = self.services.sight, interaction.guild, interaction.channel_id
        assert server is not None
        store = sight.store_for(server, [channel])
        for_all = store == library_of(server.id) and not sight.is_for_all(server, channel)
        return store, _(PUBLISHED) if for_all else ""

    def _check(self, message: discord.Message) -> None:
        if self.bot.user is not None and message.author.id == self.bot.user.id:
            raise FootnoteError("That is my own message: it says nothing that isn't here already.")
        if not document_text(message) and not attachments_of(message):
            raise FootnoteError("That message has neither words nor files that I could add.")
        for attachment in attachments_of(message):
            check_attachment(attachment)
