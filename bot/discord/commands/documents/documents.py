"""`/documents`: list a server's own documents, add to them, and take from them."""

from collections.abc import Sequence
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.commands.permissions import for_managers
from bot.discord.knowledge.followed_sources import (
    PREFIX,
    ask_to_unfollow,
    begin_to_follow,
    choices,
    followed_in,
    followed_lines,
)
from bot.discord.language.translation import N_, _
from bot.discord.messages.document_list import listed_page
from bot.discord.messages.page_buttons import list_pages
from bot.discord.messages.send import replace
from bot.discord.services.libraries import Progress, library_of
from bot.discord.services.services import Interaction, Services, added_by, server_of
from bot.output.text import shortened
from retrieval.errors import Counted, FootnoteError
from retrieval.indexing.remove import ENOUGH
from retrieval.library.collections import EVERYBODY, reference_to
from retrieval.store.library_store import is_collection
from retrieval.types import Added, DocumentInfo

from .changes import find_conflicts
from .collections import chosen_store, moved_lines, names_seen
from .jobs import show_job, show_lines
from .refresh import refresh_all, refresh_one
from .remove import removal_buttons, removal_question
from .uploads import Upload

# The most choices that Discord shows, and the characters of each.
CHOICES, CHOICE = 25, 100
Title = app_commands.Range[str, 1, 200]


@for_managers
class Documents(
    commands.GroupCog, group_name="documents", group_description=N_("The documents of this server")
):
    """Add, list, remove and refresh."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(
        description=N_("Add a document: a file, a text, a url, or a channel's answers")
    )
    @app_commands.choices(
        take=[
            app_commands.Choice(name=N_("chosen"), value="chosen"),
            app_commands.Choice(name=N_("all"), value="all"),
        ]
    )
    @app_commands.describe(
        file=N_("A PDF, Office, EPUB, web, table or text file"),
        text=N_("Or the text itself"),
        url=N_("Or the address of a web page or file"),
        title=N_("What to call it (a text needs one)"),
        collection=N_("Which collection to put it into (everybody reads it if you don't say)"),
        channel=N_("Or a forum or channel: what is solved, pinned or announced there"),
        take=N_("Of a channel: what staff chose, or all that is solved"),
    )
    async def add(
        self,
        interaction: Interaction,
        file: discord.Attachment | None = None,
        text: str | None = None,
        url: str | None = None,
        title: Title | None = None,
        collection: str | None = None,
        channel: discord.TextChannel | discord.ForumChannel | None = None,
        take: Literal["chosen", "all"] = "chosen",
    ) -> None:
        """Add a file, a text, a web page, or what members solved in a channel."""
        upload = Upload(file, text, url, title, channel is not None)
        upload.check()
        await interaction.response.defer(ephemeral=True, thinking=True)
        store = await chosen_store(self.services, interaction, collection)
        if channel is not None:
            of = store if is_collection(store) else ""
            await begin_to_follow(interaction, channel, take, of)
            return

        async def job(progress: Progress) -> Sequence[Added]:
            guild, who, sources = (
                server_of(interaction),
                added_by(interaction),
                [await upload.source()],
            )
            return await self.services.libraries.add(guild, sources, who, progress, store)

        await show_job(self.services, interaction, _("Adding"), job)

    @app_commands.command(name="list", description=N_("List the documents of this server"))
    async def list_documents(self, interaction: Interaction) -> None:
        """List this server's documents, with pages to turn."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        documents = await self._documents(interaction)
        channels = await followed_lines(interaction)
        page = listed_page(documents, 0, channels)
        await replace(interaction, page, list_pages(0, len(documents)))

    @app_commands.command(description=N_("Remove a document, or a channel with all it gave"))
    @app_commands.describe(title=N_("Which one"))
    async def remove(self, interaction: Interaction, title: str) -> None:
        """Ask for confirmation before a document is removed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if title.startswith(PREFIX):
            await ask_to_unfollow(interaction, title)
            return
        document = choose(await self._documents(interaction), title)
        buttons = removal_buttons(reference_to(document))
        await replace(interaction, removal_question(document), buttons)

    @app_commands.command(description=N_("Read documents, sites and archives again"))
    @app_commands.describe(title=N_("Which one (all of them if you don't say)"))
    async def refresh(self, interaction: Interaction, title: str | None = None) -> None:
        """Read one document again, or make all what their sources hold now."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        documents = await self._documents(interaction)
        if title is None:
            await refresh_all(self.services, interaction, documents)
        else:
            await refresh_one(self.services, interaction, choose(documents, title))

    @app_commands.command(description=N_("Move a document to another collection"))
    @app_commands.describe(title=N_("Which one"), collection=N_("Where to"))
    async def move(self, interaction: Interaction, title: str, collection: str) -> None:
        """Have a document read by those who may read another collection."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        document = choose(await self._documents(interaction), title)
        await chosen_store(self.services, interaction, collection)
        library, guild = self.services.libraries.library, server_of(interaction)

        async def job(progress: Progress) -> list[str]:
            return await self.services.libraries.job(
                lambda: moved_lines(library, guild, document, collection, progress)
            )

        await show_lines(self.services, interaction, _("Moving"), job)

    @app_commands.command(description="List where documents say different things of the same")
    async def conflicts(self, interaction: Interaction) -> None:
        """Show the conflicts in what the caller may read of the server's documents."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        libraries, seen = self.services.libraries, self.services.sight.of(interaction, private=True)
        names = [library_of(server_of(interaction)), *seen]

        async def job(progress: Progress) -> list[str]:
            return await libraries.job(lambda: find_conflicts(libraries.library, names))

        await show_lines(self.services, interaction, "", job)

    async def _documents(self, interaction: Interaction) -> list[DocumentInfo]:
        """The server's documents that the caller may read: all, for who may manage the server."""
        seen = self.services.sight.of(interaction, private=True)
        return await self.services.libraries.documents(server_of(interaction), seen)

    @add.autocomplete("collection")
    @move.autocomplete("collection")
    async def collections(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the collections that the caller may read."""
        names = [EVERYBODY, *await names_seen(self.services, interaction)]
        wanted = current.casefold()
        found = [name for name in names if wanted in name.casefold()]
        return [app_commands.Choice(name=name, value=name) for name in found[:CHOICES]]

    @remove.autocomplete("title")
    async def removable(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer documents, as below, and the channels that are followed before them."""
        channels = choices(await followed_in(interaction), current.casefold())
        offered = [app_commands.Choice(name=name[:CHOICE], value=id) for name, id in channels]
        return [*offered, *await self.offer(interaction, current)][:CHOICES]

    @refresh.autocomplete("title")
    @move.autocomplete("title")
    async def titles(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer documents to read again or to move."""
        return await self.offer(interaction, current)

    async def offer(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """The documents whose titles contain the text typed so far."""
        documents = await self._documents(interaction)
        wanted = current.casefold()
        found = [document for document in documents if wanted in document.title.casefold()]
        return [
            app_commands.Choice(name=_offered(document), value=reference_to(document))
            for document in found[:CHOICES]
        ]


def _offered(document: DocumentInfo) -> str:
    """A document's title as it is offered, with the collection that it is in."""
    if not document.collection:
        return document.title[:CHOICE]
    where = f" · {document.collection}"
    return document.title[: CHOICE - len(where)] + where


def choose(documents: Sequence[DocumentInfo], title: str) -> DocumentInfo:
    """Return the document that was picked or typed. Raises FootnoteError unless there is one."""
    wanted = title.strip().casefold()
    found = (
        [d for d in documents if title in (reference_to(d), d.id)]
        or [d for d in documents if d.title.casefold() == wanted]
        or [d for d in documents if len(wanted) >= ENOUGH and d.id.startswith(wanted)]
    )
    named = shortened(title, CHOICE)
    if not found:
        raise FootnoteError(
            "There is no document called “{title}” here. Pick one from the list.", title=named
        )
    if len(found) > 1:
        raise FootnoteError(
            Counted(
                "{count} document is called “{title}”. Pick one from the list.",
                "{count} documents are called “{title}”. Pick one from the list.",
                len(found),
                title=named,
            )
        )
    return found[0]
