"""The menu under `/settings` about members' answers: whose need no moderator, and whether new posts
are told of solved ones; and the way back from a menu to that of the whole server."""

from dataclasses import replace
from typing import Any

import discord

from bot.discord.records.server_settings import ServerSettings
from bot.discord.services.services import Interaction
from retrieval.errors import FootnoteError

from .item import SettingsItem, change, chosen_of, settings_now, show


class SetTrustedRole(SettingsItem, template="footnote:settings:trusted"):
    """Sets the role whose members' answers need no moderator; none takes it away."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.RoleSelect(
                placeholder="The role trusted with answers …",
                min_values=0,
                custom_id="footnote:settings:trusted",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        chosen, settings = chosen_of(interaction), settings_now(interaction)
        role = int(chosen[0]) if chosen else None
        if role == interaction.guild_id:
            raise FootnoteError("Everybody can't be trusted with answers. Choose another role.")
        changed = replace(settings, trusted_role=role)
        await change(interaction, changed, answers_view(changed))


class SwitchSimilar(SettingsItem, template="footnote:settings:similar_posts"):
    """Turns similar solved posts under new ones on or off."""

    def __init__(self, on: bool = False) -> None:
        label = f"Similar solved posts: {'on' if on else 'off'}"
        super().__init__(
            discord.ui.Button(label=label, custom_id="footnote:settings:similar_posts")
        )

    async def used(self, interaction: Interaction) -> None:
        settings = settings_now(interaction)
        changed = replace(settings, similar_posts=not settings.similar_posts)
        await change(interaction, changed, answers_view(changed))


class OpenAnswers(SettingsItem, template="footnote:settings:answers"):
    """Shows what is set about members' answers."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(label="Members' answers …", custom_id="footnote:settings:answers")
        )

    async def used(self, interaction: Interaction) -> None:
        settings = settings_now(interaction)
        await show(interaction, settings, answers_view(settings))


class Back(SettingsItem, template="footnote:settings:back"):
    """Goes back to the whole server, whose menu the command has."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label="Back", custom_id="footnote:settings:back"))

    async def used(self, interaction: Interaction) -> None:
        settings, command = settings_now(interaction), interaction.client.get_cog("SettingsCommand")
        menu: Any = getattr(command, "view")  # noqa: B009 -- a cog has no such attribute
        view = menu(settings, interaction.guild)
        await show(interaction, settings, view)


def answers_view(settings: ServerSettings) -> discord.ui.View:
    """The menu about members' answers."""
    view = discord.ui.View(timeout=None)
    for item in (SetTrustedRole(), SwitchSimilar(settings.similar_posts), Back()):
        view.add_item(item)
    return view
