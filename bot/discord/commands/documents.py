"""`/documents`: a server's own documents, for those who may manage the server.

Discord itself keeps everybody else away, and lets owners decide otherwise: there is no check of
permissions here, which would stand in the way of that.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.messages.buttons import Interaction, added_by, guild_of
from bot.discord.messages.lists import listed_page
from bot.discord.messages.page_buttons import list_pages
from bot.discord.messages.send import replace
from bot.output.console import shortened
from retrieval.errors import FootnoteError
from retrieval.types import Added, DocumentInfo

from .jobs import Progress, show_job
from .refresh import can_refresh, refresh
from .remove import removal_buttons, removal_question
from .uploads import Handed

if TYPE_CHECKING:
    from bot.discord.client import Footnote

CHOICES, CHOICE = 25, 100
Title = app_commands.Range[str, 1, 200]


@app_commands.default_permissions(manage_guild=True)
# `guild_only` would not keep them out of direct messages, which the bot allows in general.
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class Documents(
    commands.GroupCog, group_name="documents", group_description="The documents of this server"
):
    """Add, list, remove and refresh."""

    def __init__(self, bot: "Footnote") -> None:
        self.bot = bot

    @app_commands.command(description="Add a document: attach a file, or give a text or a url")
    @app_commands.describe(
        file="A PDF, Office, EPUB, web, table or text file",
        text="Or the text itself",
        url="Or the address of a web page or file",
        title="What to call it (a text needs one)",
    )
    async def add(
        self,
        interaction: Interaction,
        file: discord.Attachment | None = None,
        text: str | None = None,
        url: str | None = None,
        title: Title | None = None,
    ) -> None:
        """Adds a file, a text or a web page to this server's documents."""
        handed = Handed(file, text, url, title)
        handed.check()
        await interaction.response.defer(ephemeral=True, thinking=True)

        async def job(progress: Progress) -> Sequence[Added]:
            guild, who = guild_of(interaction), added_by(interaction)
            return await self.bot.libraries.add(guild, [await handed.source()], who, progress)

        await show_job(interaction, "Adding", job)

    @app_commands.command(name="list", description="List the documents of this server")
    async def list_documents(self, interaction: Interaction) -> None:
        """Lists this server's documents, with pages to turn."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        documents = await self.bot.libraries.documents(guild_of(interaction))
        await replace(interaction, listed_page(documents, 0), list_pages(0, len(documents)))

    @app_commands.command(description="Remove a document")
    @app_commands.describe(title="Which one")
    async def remove(self, interaction: Interaction, title: str) -> None:
        """Asks whether a document is to be removed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        document = choose(await self.bot.libraries.documents(guild_of(interaction)), title)
        await replace(interaction, removal_question(document), removal_buttons(document.id))

    @app_commands.command(description="Read documents from where they came from again")
    @app_commands.describe(title="Which one (all of them if you don't say)")
    async def refresh(self, interaction: Interaction, title: str | None = None) -> None:
        """Reads documents again, and replaces what has changed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        documents = await self.bot.libraries.documents(guild_of(interaction))
        chosen = documents if title is None else [choose(documents, title)]
        await refresh_documents(interaction, chosen, named=title is not None)

    @remove.autocomplete("title")
    @refresh.autocomplete("title")
    async def titles(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """The documents whose titles hold what was typed so far."""
        documents = await self.bot.libraries.documents(guild_of(interaction))
        wanted = current.casefold()
        found = [document for document in documents if wanted in document.title.casefold()]
        return [
            app_commands.Choice(name=document.title[:CHOICE], value=document.id)
            for document in found[:CHOICES]
        ]


async def refresh_documents(
    interaction: Interaction, documents: Sequence[DocumentInfo], named: bool
) -> None:
    """Reads documents again; without a name, those that can't be are left out, and counted."""
    chosen = [d for d in documents if named or can_refresh(d)]
    left = len(documents) - len(chosen)
    uploads = f"{left} uploaded: attach those again to replace them." if left else ""
    await show_job(
        interaction,
        "Reading again",
        lambda progress: refresh(
            interaction.client, guild_of(interaction), chosen, added_by(interaction), progress
        ),
        uploads,
    )


def choose(documents: Sequence[DocumentInfo], title: str) -> DocumentInfo:
    """The document that was picked from the list, or typed. Raises FootnoteError unless one is."""
    wanted = title.strip().casefold()
    found = [d for d in documents if d.id == title] or [
        d for d in documents if d.title.casefold() == wanted
    ]
    named = shortened(title, CHOICE)
    if not found:
        raise FootnoteError(f"There is no document called “{named}” here. Pick one from the list.")
    if len(found) > 1:
        raise FootnoteError(f"{len(found)} documents are called “{named}”. Pick one from the list.")
    return found[0]
