"""`/collections`: the sets of documents that not everybody reads, and whose they are."""

import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.commands.permissions import for_managers
from bot.discord.forums.settings.form import boxes_of
from bot.discord.language.speaking import speak_to
from bot.discord.language.translation import N_, _
from bot.discord.messages.failure import explain
from bot.discord.messages.send import say
from bot.discord.services.libraries import library_of
from bot.discord.services.services import Interaction, Services, server_of
from retrieval.library.collections import CollectionInfo

from .menus import FORM, key_of, look, page_view, require, show
from .page import collections_page

SENT = re.compile(rf"{FORM}:(?:new|rename:(?P<key>[0-9a-f]+))")
MADE = N_("Made “{name}”. Now choose who reads it, below.")
RENAMED = N_("It is called “{name}” now.")


class CollectionsCommand(commands.Cog):
    """Shows the collections, with menus to change them, to those who may manage the server."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @for_managers
    @app_commands.command(description=N_("Sets of documents that not everybody reads, and whose"))
    async def collections(self, interaction: Interaction) -> None:
        """Show this server's collections."""
        shown, _chosen = await look(interaction, None)
        page, view = collections_page(shown), page_view(shown, None)
        await interaction.response.send_message(page, view=view, ephemeral=True)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a name that was typed into a form, however long ago that was opened."""
        data: Any = interaction.data or {}
        form = SENT.fullmatch(data.get("custom_id", ""))
        if interaction.type is not discord.InteractionType.modal_submit or form is None:
            return
        speak_to(interaction)
        try:
            await self._name(interaction, boxes_of(data).get("name", ""), form["key"])
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))

    async def _name(self, interaction: Interaction, name: str, key: str | None) -> None:
        """Make a collection of that name, or call one so."""
        require(interaction)
        _shown, chosen = await look(interaction, key)
        libraries, library = self.services.libraries, library_of(server_of(interaction))
        known = libraries.library.collections

        def work() -> CollectionInfo:
            if chosen is None:
                return known.create(name, library)
            return known.rename(chosen.name, name, library)

        done = await libraries.errand(work)
        told = _(MADE if chosen is None else RENAMED, name=done.name)
        await show(interaction, key_of(done.store), told)
