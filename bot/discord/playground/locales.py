"""The languages of the played Discord: that of each member, and the server's.

`simcord` plays everybody in American English, so what it sends the bot is changed on its way.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.discord.language.languages import NAMES, language_of
from retrieval.errors import FootnoteError

if TYPE_CHECKING:
    import simcord

AMERICAN = str(discord.Locale.american_english)
INTERACTION = "INTERACTION_CREATE"
UNKNOWN = "Discord has no language {locale}."


def offered() -> dict[str, str]:
    """Discord's name for each of the bot's languages, and how those who speak it call it."""
    locales = [str(locale) for locale in discord.Locale]
    return {_locale(code, locales): name for code, name in NAMES.items()}


def _locale(code: str, locales: list[str]) -> str:
    return next(locale for locale in locales if language_of(locale) == code)


class Locales:
    """Knows the chosen languages, and has the bot told of them."""

    def __init__(self, world: "simcord.Env", server: int) -> None:
        self._backend = cast(Any, world.backend)
        self._server = server
        self.of_members: dict[str, str] = {}
        self.of_server = AMERICAN
        self._emit = self._backend.emit
        self._backend.emit = self._told

    def choose(self, member: str, locale: str) -> None:
        """Have a member see Discord in a language."""
        self.of_members[member] = _checked(locale)

    def choose_for_server(self, locale: str) -> None:
        """Set the language of the server. Raises FootnoteError if Discord has none like it."""
        self.of_server = _checked(locale)
        self._backend.edit_guild(self._server, {"preferred_locale": locale})

    def _told(self, event: str, payload: Mapping[str, Any]) -> None:
        """Pass an event on, an interaction with the languages that were chosen."""
        if event == INTERACTION:
            user = payload.get("user") or payload["member"]["user"]
            payload = {**payload, "locale": self.of_members.get(str(user["id"]), AMERICAN)}
            if "guild_locale" in payload:
                payload = {**payload, "guild_locale": self.of_server}
        self._emit(event, payload)


def _checked(locale: str) -> str:
    if locale not in offered():
        raise FootnoteError(UNKNOWN, locale=locale)
    return locale
