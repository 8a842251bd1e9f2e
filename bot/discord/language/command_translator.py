"""Translate what Discord itself shows of commands: what they are for, and the entries of menus.

Commands keep their English names, which are typed, and named in answers and in the documentation.
"""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from .languages import ENGLISH, language_of
from .speaking import speaking
from .translation import _

TRANSLATED = (
    Location.command_description,
    Location.group_description,
    Location.parameter_description,
    Location.choice_name,
)


class CommandTranslator(app_commands.Translator):
    """Translates descriptions, choices and the entries of menus by the catalogs."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The string in a language, None where it is the same in English."""
        language = language_of(locale)
        if language is None or language == ENGLISH or not _is_translated(context):
            return None
        with speaking(language):
            said = _(string.message)
        return said if said != string.message else None


def _is_translated(context: app_commands.TranslationContextTypes) -> bool:
    if context.location is Location.command_name:
        return isinstance(context.data, app_commands.ContextMenu)
    return context.location in TRANSLATED
