"""`/queue`: the proposed answers, and what is typed when one is edited."""

import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.commands.permissions import for_managers, require
from bot.discord.language.speaking import speak_to
from bot.discord.language.translation import N_, _
from bot.discord.messages.failure import explain
from bot.discord.messages.send import say
from bot.discord.services.services import Interaction, Services
from bot.discord.unanswered.gaps_command import EMPTY
from bot.discord.unanswered.modals import ANSWER, QUESTION, typed
from retrieval.errors import FootnoteError

from .buttons import COMMAND, PROPOSAL, TAKEN, show_queue, take_edited, waiting

MODAL = re.compile(rf"footnote:{PROPOSAL}:(?P<id>\d+)")


class QueueCommand(commands.Cog):
    """Shows the queue to those who may manage the server."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @for_managers
    @app_commands.command(description=N_("Take, edit or decline the answers that members proposed"))
    async def queue(self, interaction: Interaction) -> None:
        """Show the first proposal that waits."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_queue(interaction, 0)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take what was typed, however long ago the form was opened."""
        data: Any = interaction.data or {}
        found = MODAL.fullmatch(data.get("custom_id", ""))
        if interaction.type is not discord.InteractionType.modal_submit or found is None:
            return
        speak_to(interaction)
        try:
            await require(interaction, COMMAND)
            await interaction.response.defer(ephemeral=True, thinking=True)
            fields = typed(data)
            if not fields.get(ANSWER) or not fields.get(QUESTION):
                raise FootnoteError(EMPTY)
            shown = await waiting(interaction, int(found["id"]))
            await take_edited(interaction, shown, fields[QUESTION], fields[ANSWER])
            await show_queue(interaction, 0, _(TAKEN))
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))
