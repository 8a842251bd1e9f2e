"""The buttons under an answer: *Sources*, and a thumb up or down.

All they need stands in their ids, so they work after a restart as well. discord.py only logs the
errors of such items: `Button` tells the member too.
"""

import re
from typing import Any, Self

import discord

from bot.discord.libraries import ServerLibraries
from bot.discord.records.question_log import Votes
from bot.discord.services import Interaction

from .answer import source_messages
from .failure import explain
from .send import add, replace, say

FORGOTTEN = "I no longer remember that answer. Ask again for one with its sources."
GONE = "The documents that this answer stood in have been removed or replaced since. Ask again."
NOTHING_NEAR = "There was nothing in the documents to show."


class Button(discord.ui.DynamicItem[discord.ui.Button[Any]], template="footnote:never"):
    """A button whose errors are told to the member who pressed it."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button that was pressed from its id."""
        make: Any = cls
        button: Self = make(*match.groups())
        return button

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button promises."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))


class Sources(Button, template=r"footnote:sources:(?P<answer>\d+)"):
    """Shows the passages around the quotes, to the member who pressed it alone."""

    def __init__(self, answer: int | str) -> None:
        self.answer = int(answer)
        super().__init__(
            discord.ui.Button(label="Sources", custom_id=f"footnote:sources:{answer}", emoji="📖")
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        libraries = interaction.client.services.libraries
        first, *others = await self._messages(libraries, interaction.guild_id)
        await replace(interaction, first)
        for text in others:
            await add(interaction, text, ephemeral=True)

    async def _messages(self, libraries: ServerLibraries, guild: int | None) -> list[str]:
        asked = await libraries.recall(self.answer, guild)
        if asked is None:
            return [FORGOTTEN]
        if not asked.cited:
            return [NOTHING_NEAR]
        found = await libraries.around(guild, asked.cited)
        return source_messages(found) or [GONE]


class Vote(Button, template=r"footnote:vote:(?P<answer>\d+):(?P<way>up|down)"):
    """One vote a member, which the same member may change."""

    def __init__(self, answer: int | str, way: str, count: int = 0) -> None:
        self.answer, self.way = int(answer), way
        super().__init__(
            discord.ui.Button(
                label=str(count) if count else None,
                emoji="👍" if way == "up" else "👎",
                custom_id=f"footnote:vote:{answer}:{way}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        votes = await interaction.client.services.libraries.vote(
            self.answer, interaction.guild_id, interaction.user.id, self.way == "up"
        )
        if votes is None:
            await say(interaction, FORGOTTEN)
        else:
            await interaction.response.edit_message(view=answer_buttons(self.answer, votes))


def answer_buttons(answer: int, votes: Votes | None = None) -> discord.ui.View:
    """The buttons of an answer."""
    counted = votes or Votes()
    return together(
        Sources(answer), Vote(answer, "up", counted.up), Vote(answer, "down", counted.down)
    )


def together(*buttons: Button) -> discord.ui.View:
    """Put buttons under one message. The view holds nothing else and never times out: only such
    items outlive a restart, and a view that ended would take their kind with it."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view
