"""The base of the menus and buttons under `/settings`: they are rebuilt from their ids, they tell
errors to whoever used them, and they show the settings with what changed."""

import asyncio
import re
from typing import Any, Self

import discord

from bot.discord.messages.failure import explain
from bot.discord.messages.send import say
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services.services import Interaction, server_of

from .in_words import changes
from .page import naming, settings_page


class SettingsItem(discord.ui.DynamicItem[discord.ui.Item[Any]], template="footnote:never"):
    """A menu or button of the settings, whose errors are told to the member who used it."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """Rebuild the item that was used from its id."""
        make: Any = cls
        made: Self = make(*match.groups())
        return made

    async def used(self, interaction: Interaction) -> None:
        """Do what the item is for."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await self.used(interaction)
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))


async def change(interaction: Interaction, settings: ServerSettings, view: discord.ui.View) -> None:
    """Save what was chosen, and show the settings with what changed."""
    record = interaction.client.services.settings
    before = await asyncio.to_thread(record.of, settings.server)
    await asyncio.to_thread(record.save, settings)
    assert interaction.guild is not None
    await show(interaction, settings, view, changes(before, settings, naming(interaction.guild)))


async def show(
    interaction: Interaction,
    settings: ServerSettings,
    view: discord.ui.View,
    changed: list[str] | None = None,
) -> None:
    """Show the settings in place of what the message showed before."""
    assert interaction.guild is not None
    page = settings_page(interaction.guild, settings, interaction.client.intents, changed)
    await interaction.response.edit_message(content=page, view=view)


def settings_now(interaction: Interaction) -> ServerSettings:
    """The settings that hold in the server."""
    return interaction.client.services.settings.of(server_of(interaction))


def chosen_of(interaction: Interaction) -> list[str]:
    """The values that were chosen in a menu."""
    data: Any = interaction.data
    values: list[str] = data.get("values", [])
    return values
