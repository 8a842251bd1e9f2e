"""The base of the menus and buttons under `/settings`: they are rebuilt from their ids, they tell
errors to whoever used them, and they show the settings with what changed."""

import asyncio
import re
from typing import Any, ClassVar, Self

import discord

from bot.discord.commands.permissions import require
from bot.discord.language.speaking import speak_to
from bot.discord.messages.failure import explain
from bot.discord.messages.send import say
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services.services import Interaction, server_of

from .in_words import changes
from .page import naming, settings_page

# The command that shows them.
COMMAND = "settings"


class SettingsItem(discord.ui.DynamicItem[discord.ui.Item[Any]], template="footnote:never"):
    """A menu or button of the settings, whose errors are told to the member who used it."""

    # The command whose page it is on.
    opened_by: ClassVar[str] = COMMAND

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
        speak_to(interaction)
        try:
            await require(interaction, self.opened_by)
            await self.used(interaction)
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))


async def change(
    interaction: Interaction,
    settings: ServerSettings,
    view: discord.ui.View,
    channel: int | None = None,
) -> None:
    """Save what was chosen, and show the settings with what changed."""
    record = interaction.client.services.settings
    before = await asyncio.to_thread(record.of, settings.server)
    await asyncio.to_thread(record.save, settings)
    assert interaction.guild is not None
    changed = changes(before, settings, naming(interaction.guild))
    await show(interaction, settings, view, changed, channel)


async def show(
    interaction: Interaction,
    settings: ServerSettings,
    view: discord.ui.View,
    changed: list[str] | None = None,
    channel: int | None = None,
) -> None:
    """Show the settings in place of what the message showed before; `channel` is the one that the
    view sets."""
    assert interaction.guild is not None
    intents = interaction.client.intents
    page = settings_page(interaction.guild, settings, intents, changed, channel)
    await interaction.response.edit_message(content=page, view=view)


def settings_now(interaction: Interaction) -> ServerSettings:
    """The settings that hold in the server."""
    return interaction.client.services.settings.of(server_of(interaction))


def chosen_of(interaction: Interaction) -> list[str]:
    """The values that were chosen in a menu."""
    data: Any = interaction.data
    values: list[str] = data.get("values", [])
    return values
