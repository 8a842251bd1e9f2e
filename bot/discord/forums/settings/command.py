"""`/settings`: the places where the bot answers unasked, and how sure it must be there."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.commands.permissions import for_managers, require
from bot.discord.language.speaking import speak_to
from bot.discord.language.translation import N_
from bot.discord.messages.failure import explain
from bot.discord.messages.send import say
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services.services import Interaction, Services, server_of

from .form import FORM, boxes_of, with_typed
from .item import COMMAND, change
from .menu import server_view
from .page import settings_page


class SettingsCommand(commands.Cog):
    """Shows the settings, with menus to change them, to those who may manage the server."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @for_managers
    @app_commands.command(
        description=N_("Where I answer unasked, how sure I must be, and who helps")
    )
    async def settings(self, interaction: Interaction) -> None:
        """Show this server's settings."""
        settings = self.services.settings.of(server_of(interaction))
        assert interaction.guild is not None
        page = settings_page(interaction.guild, settings, interaction.client.intents)
        view = server_view(settings, interaction.guild)
        await interaction.response.send_message(page, view=view, ephemeral=True)

    def view(self, settings: ServerSettings, guild: discord.Guild | None) -> discord.ui.View:
        """The menu of the whole server."""
        return server_view(settings, guild)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take over what was typed into the form, however long ago it was opened."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Any = interaction.data
        if data.get("custom_id") != FORM:
            return
        speak_to(interaction)
        try:
            await require(interaction, COMMAND)
            settings = self.services.settings.of(server_of(interaction))
            typed = with_typed(settings, boxes_of(data))
            await change(interaction, typed, server_view(typed, interaction.guild))
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))
