"""The buttons that turn the pages of a search and of a document list, after a restart as well."""

import discord

from bot.discord.language.translation import N_, _
from bot.discord.services.services import Interaction, server_of

from . import document_list, search_results
from .button import Button, together
from .document_list import listed_page
from .search_results import found_page
from .send import replace

# The most pages of a search, and so the most passages that it finds.
MOST_PAGES = 5
FOUND = MOST_PAGES * search_results.A_PAGE
FORGOTTEN = N_("I no longer remember that search. Please run it again.")
# The sign after them makes them emoji: without it Discord might not take them for any.
LEFT, RIGHT = "◀\ufe0f", "▶\ufe0f"


class TurnSearch(Button, template=r"footnote:search:(?P<query>\d+):(?P<page>-?\d+)"):
    """The button to another page of a search."""

    def __init__(
        self, query: int | str, page: int | str, emoji: str = RIGHT, disabled: bool = False
    ) -> None:
        self.query, self.page = int(query), int(page)
        custom_id = f"footnote:search:{query}:{page}"
        super().__init__(discord.ui.Button(emoji=emoji, custom_id=custom_id, disabled=disabled))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        libraries, guild = interaction.client.services.libraries, interaction.guild_id
        asked = await libraries.recall(self.query, guild)
        if asked is None:
            await replace(interaction, _(FORGOTTEN))
            return
        seen = interaction.client.services.sight.of(interaction, private=True)
        passages = await libraries.search(guild, asked.question, FOUND, seen)
        page = within(self.page, len(passages), search_results.A_PAGE)
        await replace(
            interaction,
            found_page(asked.question, passages, page),
            search_pages(self.query, page, len(passages)),
        )


class TurnList(Button, template=r"footnote:list:(?P<page>-?\d+)"):
    """The button to another page of a server's documents."""

    opened_by = "documents"

    def __init__(self, page: int | str, emoji: str = RIGHT, disabled: bool = False) -> None:
        self.page = int(page)
        super().__init__(
            discord.ui.Button(emoji=emoji, custom_id=f"footnote:list:{page}", disabled=disabled)
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        services = interaction.client.services
        seen = services.sight.of(interaction, private=True)
        documents = await services.libraries.documents(server_of(interaction), seen)
        page = within(self.page, len(documents), document_list.A_PAGE)
        await replace(interaction, listed_page(documents, page), list_pages(page, len(documents)))


def search_pages(query: int, page: int, found: int) -> discord.ui.View | None:
    """The buttons under a page of a search; None where one page holds it all."""
    last = pages(found, search_results.A_PAGE) - 1
    if last <= 0:
        return None
    return together(
        TurnSearch(query, page - 1, LEFT, disabled=page <= 0),
        TurnSearch(query, page + 1, RIGHT, disabled=page >= last),
    )


def list_pages(page: int, listed: int) -> discord.ui.View | None:
    """The buttons under a page of documents; None where one page holds it all."""
    last = pages(listed, document_list.A_PAGE) - 1
    if last <= 0:
        return None
    return together(
        TurnList(page - 1, LEFT, disabled=page <= 0),
        TurnList(page + 1, RIGHT, disabled=page >= last),
    )


def pages(items: int, a_page: int) -> int:
    """The number of pages that some items fill."""
    return -(-items // a_page)


def within(page: int, items: int, a_page: int) -> int:
    """The page, or the last one there is: documents may have gone since the button was shown."""
    return max(0, min(page, pages(items, a_page) - 1))
