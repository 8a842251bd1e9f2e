"""Whether a document is really to be removed."""

import discord

from bot.discord.messages.buttons import Button, Interaction, together
from bot.discord.messages.lists import passages_of
from bot.discord.messages.markdown import linked
from bot.discord.messages.send import replace
from retrieval.types import DocumentInfo

KEPT = "Kept. Nothing was changed."


def removal_question(document: DocumentInfo) -> str:
    """What is asked before a document is removed."""
    title = linked(document.title, document.source)
    return f"Remove **{title}** with its {passages_of(document)}? This can't be undone."


class Remove(Button, template=r"footnote:remove:(?P<document>[0-9a-f]+)"):
    """Removes a document."""

    def __init__(self, document: str) -> None:
        self.document = document
        super().__init__(
            discord.ui.Button(
                label="Remove",
                style=discord.ButtonStyle.danger,
                custom_id=f"footnote:remove:{document}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        assert interaction.guild_id is not None
        await interaction.response.defer()
        removed = await interaction.client.libraries.remove(interaction.guild_id, self.document)
        text = f"Removed **{linked(removed.title, removed.source)}**."
        await replace(interaction, text)


class Keep(Button, template="footnote:keep"):
    """Leaves all as it is."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label="Keep", custom_id="footnote:keep"))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content=KEPT, view=None)


def removal_buttons(document: str) -> discord.ui.View:
    """*Remove* and *Keep*."""
    return together(Remove(document), Keep())
