"""Lists that are longer than a message, turned page by page; they turn after a restart as well."""

import discord

from .buttons import Button, Interaction, together
from .lists import FOUND_A_PAGE, LISTED_A_PAGE, found_page, listed_page
from .send import replace

# How far down a search goes.
FOUND = 5 * FOUND_A_PAGE
FORGOTTEN = "I no longer remember that search. Please run it again."
# With the sign after them that makes them emoji: without it Discord might not take them for any.
LEFT, RIGHT = "◀\ufe0f", "▶\ufe0f"


class TurnSearch(Button, template=r"footnote:search:(?P<query>\d+):(?P<page>-?\d+)"):
    """Goes to another page of what a search found."""

    def __init__(
        self, query: int | str, page: int | str, emoji: str = RIGHT, disabled: bool = False
    ) -> None:
        self.query, self.page = int(query), int(page)
        custom_id = f"footnote:search:{query}:{page}"
        super().__init__(discord.ui.Button(emoji=emoji, custom_id=custom_id, disabled=disabled))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        libraries, guild = interaction.client.libraries, interaction.guild_id
        asked = await libraries.recall(self.query, guild)
        if asked is None:
            await replace(interaction, FORGOTTEN)
            return
        passages = await libraries.search(guild, asked.question, FOUND)
        page = within(self.page, len(passages), FOUND_A_PAGE)
        await replace(
            interaction,
            found_page(asked.question, passages, page),
            search_pages(self.query, page, len(passages)),
        )


class TurnList(Button, template=r"footnote:list:(?P<page>-?\d+)"):
    """Goes to another page of a server's documents."""

    def __init__(self, page: int | str, emoji: str = RIGHT, disabled: bool = False) -> None:
        self.page = int(page)
        super().__init__(
            discord.ui.Button(emoji=emoji, custom_id=f"footnote:list:{page}", disabled=disabled)
        )

    async def pressed(self, interaction: Interaction) -> None:
        assert interaction.guild_id is not None
        await interaction.response.defer()
        documents = await interaction.client.libraries.documents(interaction.guild_id)
        page = within(self.page, len(documents), LISTED_A_PAGE)
        await replace(interaction, listed_page(documents, page), list_pages(page, len(documents)))


def search_pages(query: int, page: int, found: int) -> discord.ui.View | None:
    """The buttons that turn what a search found; None where one page holds it all."""
    last = pages(found, FOUND_A_PAGE) - 1
    if last <= 0:
        return None
    return together(
        TurnSearch(query, page - 1, LEFT, disabled=page <= 0),
        TurnSearch(query, page + 1, RIGHT, disabled=page >= last),
    )


def list_pages(page: int, listed: int) -> discord.ui.View | None:
    """The buttons that turn a list of documents; None where one page holds it all."""
    last = pages(listed, LISTED_A_PAGE) - 1
    if last <= 0:
        return None
    return together(
        TurnList(page - 1, LEFT, disabled=page <= 0),
        TurnList(page + 1, RIGHT, disabled=page >= last),
    )


def pages(items: int, a_page: int) -> int:
    """How many pages some items fill."""
    return -(-items // a_page)


def within(page: int, items: int, a_page: int) -> int:
    """The page, or the last one there is: documents may have gone since the button was shown."""
    return max(0, min(page, pages(items, a_page) - 1))
