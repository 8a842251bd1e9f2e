"""Confirm and carry out the removal of a document."""

import discord

from bot.discord.language.translation import N_, _, ngettext
from bot.discord.messages.button import Button, together
from bot.discord.messages.markdown import linked
from bot.discord.messages.send import replace
from bot.discord.services.services import Interaction, server_of
from retrieval.types import DocumentInfo

KEPT = N_("Kept. Nothing was changed.")


def removal_question(document: DocumentInfo) -> str:
    """The question before a document is removed."""
    title = linked(document.title, document.source)
    return ngettext(
        "Remove **{document}** with its {count} passage? This can't be undone.",
        "Remove **{document}** with its {count} passages? This can't be undone.",
        document.passages,
        document=title,
    )


class Remove(Button, template=r"footnote:remove:(?P<document>[0-9a-f]+(?:_[0-9a-f]+)?)"):
    """The button that removes a document."""

    opened_by = "documents"

    def __init__(self, document: str) -> None:
        self.document = document
        super().__init__(
            discord.ui.Button(
                label=_("Remove"),
                style=discord.ButtonStyle.danger,
                custom_id=f"footnote:remove:{document}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        services = interaction.client.services
        seen = services.sight.of(interaction, private=True)
        removed = await services.libraries.remove(server_of(interaction), self.document, seen)
        title = linked(removed.title, removed.source)
        await replace(interaction, _("Removed **{document}**.", document=title))


class Keep(Button, template="footnote:keep"):
    """The button that leaves the document where it is."""

    opened_by = "documents"

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=_("Keep"), custom_id="footnote:keep"))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content=_(KEPT), view=None)


def removal_buttons(document: str) -> discord.ui.View:
    """The buttons *Remove* and *Keep* for a document."""
    return together(Remove(document), Keep())
