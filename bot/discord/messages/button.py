"""A button that outlives restarts, and several of them under one message.

Whatever a button has to know stands in its id, and it is found again by the shape of that id. An
error tells the member who pressed it: discord.py logs errors of such items, and nothing more.
"""

import re
from typing import Any, ClassVar, Self

import discord

from bot.discord.commands.permissions import require
from bot.discord.language.speaking import speak_to
from bot.discord.services.services import Interaction

from .failure import explain
from .send import say


class Button(discord.ui.DynamicItem[discord.ui.Button[Any]], template="footnote:never"):
    """A button whose errors are told to the member who pressed it."""

    # The command whose page the button is on, where not everybody may use that.
    opened_by: ClassVar[str] = ""

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
        speak_to(interaction)
        try:
            if self.opened_by:
                await require(interaction, self.opened_by)
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))


def together(*buttons: Button) -> discord.ui.View:
    """Put buttons under one message. The view holds nothing else and never times out: only such
    items outlive a restart, and a view that ended would take their kind with it."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view
