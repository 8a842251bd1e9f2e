"""The menu under `/settings` about members' answers: whose need no moderator, and whether new posts
are told of solved ones; about the language of the server; and the way back from a menu to that of
the whole server."""

from dataclasses import replace
from typing import Any

import discord

from bot.discord.language.languages import NAMES
from bot.discord.language.translation import _
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services.services import Interaction
from retrieval.errors import FootnoteError

from .in_words import AS_DISCORD, read_language
from .item import SettingsItem, change, chosen_of, settings_now, show


class SetTrustedRole(SettingsItem, template="footnote:settings:trusted"):
    """Sets the role whose members' answers need no moderator; none takes it away."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.RoleSelect(
                placeholder=_("The role trusted with answers …"),
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
        label = _("Similar solved posts: on") if on else _("Similar solved posts: off")
        super().__init__(
            discord.ui.Button(label=label, custom_id="footnote:settings:similar_posts")
        )

    async def used(self, interaction: Interaction) -> None:
        settings = settings_now(interaction)
        changed = replace(settings, similar_posts=not settings.similar_posts)
        await change(interaction, changed, answers_view(changed))


class SetLanguage(SettingsItem, template="footnote:settings:language"):
    """Sets the language of what everybody sees."""

    def __init__(self, chosen: str = "") -> None:
        discords = discord.SelectOption(
            label=_("As Discord says"),
            value=AS_DISCORD,
            description=_("The language that is set for the server, or else English"),
            default=not chosen,
        )
        named = [
            discord.SelectOption(label=name, value=code, default=code == chosen)
            for code, name in NAMES.items()
        ]
        super().__init__(
            discord.ui.Select(
                placeholder=_("The language of what everybody sees …"),
                options=[discords, *named],
                custom_id="footnote:settings:language",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        language = read_language(chosen_of(interaction)[0])
        changed = replace(settings_now(interaction), language=language)
        await change(interaction, changed, answers_view(changed))


class OpenAnswers(SettingsItem, template="footnote:settings:answers"):
    """Shows what is set about members' answers, and the language."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(label=_("Answers, language …"), custom_id="footnote:settings:answers")
        )

    async def used(self, interaction: Interaction) -> None:
        settings = settings_now(interaction)
        await show(interaction, settings, answers_view(settings))


class Back(SettingsItem, template="footnote:settings:back"):
    """Goes back to the whole server, whose menu the command has."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=_("Back"), custom_id="footnote:settings:back"))

    async def used(self, interaction: Interaction) -> None:
        settings, command = settings_now(interaction), interaction.client.get_cog("SettingsCommand")
        menu: Any = getattr(command, "view")  # noqa: B009 -- a cog has no such attribute
        view = menu(settings, interaction.guild)
        await show(interaction, settings, view)


def answers_view(settings: ServerSettings) -> discord.ui.View:
    """The menu about members' answers, and the language."""
    view = discord.ui.View(timeout=None)
    similar, language = SwitchSimilar(settings.similar_posts), SetLanguage(settings.language)
    for item in (SetTrustedRole(), language, similar, Back()):
        view.add_item(item)
    return view
