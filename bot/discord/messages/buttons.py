"""The buttons under an answer: *Sources*, and a thumb up or down.

All they need stands in their ids, so they work after a restart as well. discord.py only logs what
such an item raises: `Button` tells the member too.

Who called a command, and in which server.
"""

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.discord.activity import Votes

from .answer import source_messages
from .send import add, explain, replace, say

if TYPE_CHECKING:
    from bot.discord.client import Footnote


Interaction = discord.Interaction["Footnote"]
FORGOTTEN = "I no longer remember that answer. Ask again for one with its sources."
GONE = "The documents that this answer stood in have been removed or replaced since. Ask again."
NOTHING_NEAR = "There was nothing in the documents to show."


class Button(discord.ui.DynamicItem[discord.ui.Button[Any]], template="footnote:never"):
    """A button whose errors the member hears of."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button that was pressed, made again from what stands in its id."""
        make: Any = cls
        button: Self = make(*match.groups())
        return button

    async def pressed(self, interaction: Interaction) -> None:
        """What happens when it is pressed."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))


class Sources(Button, template=r"footnote:sources:(?P<answer>\d+)"):
    """Shows the passages around the quotes, to whoever presses it alone."""

    def __init__(self, answer: int | str) -> None:
        self.answer = int(answer)
        super().__init__(
            discord.ui.Button(label="Sources", custom_id=f"footnote:sources:{answer}", emoji="📖")
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        first, *others = await self._messages(interaction.client, interaction.guild_id)
        await replace(interaction, first)
        for text in others:
            await add(interaction, text, ephemeral=True)

    async def _messages(self, bot: "Footnote", guild: int | None) -> list[str]:
        asked = await bot.libraries.recall(self.answer, guild)
        if asked is None:
            return [FORGOTTEN]
        if not asked.cited:
            return [NOTHING_NEAR]
        found = await bot.libraries.around(guild, asked.cited)
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
        votes = await interaction.client.libraries.vote(
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
    """Buttons under one message. Nothing but such items in a view without an end: they alone
    outlive a restart, and a view that ended would take their kind with it."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view


def guild_of(interaction: Interaction) -> int:
    """The server that a command was called in; Discord offers these nowhere else."""
    assert interaction.guild_id is not None
    return interaction.guild_id


def added_by(interaction: Interaction) -> str:
    """Who adds, as the catalog remembers it."""
    return f"discord:{interaction.user.id}"
