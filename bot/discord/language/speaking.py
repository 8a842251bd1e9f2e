"""The language of the moment: that of the person or the server that is being spoken to.

It is the one thing that the program knows without being handed it, for every sentence needs it.
Each command, button, form and message is a task of its own, which says at its beginning whom it
speaks to; tasks and threads that it begins speak likewise. Where nothing is said it is English: in
the shell, in logs, in tests.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import discord

from .languages import ENGLISH, WRITTEN, language_of

REMEMBERED = 5_000  # people
_SPOKEN: ContextVar[str] = ContextVar("language", default=ENGLISH)


def spoken() -> str:
    """The language of the moment."""
    return _SPOKEN.get()


def speak(language: str) -> None:
    """Speak a language from now on, in the task that says so."""
    _SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language until the block ends."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def speak_to(interaction: discord.Interaction[Any]) -> None:
    """Speak the language that somebody has chosen in Discord, or else their server's."""
    chosen = (language_of(locale) for locale in (interaction.locale, interaction.guild_locale))
    speak(next(filter(None, chosen), ENGLISH))


class DirectLanguages:
    """Knows people's languages by what they write, or else by what their Discord was in when they
    last called or pressed something; that is kept in memory alone."""

    def __init__(self) -> None:
        self._seen = OrderedDict[int, str]()

    def note(self, person: int, locale: object) -> None:
        """Note what somebody's Discord is in, and forget whoever was seen longest ago."""
        self._seen.pop(person, None)
        if language := language_of(locale):
            self._seen[person] = language
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    def of(self, person: int, text: str) -> str:
        """The language in which somebody who wrote a text is answered."""
        # Imported here, as only those who write directly need it.
        from retrieval.text.languages.detect import surely_in

        written = surely_in(text, WRITTEN)
        return WRITTEN.get(written) or self._seen.get(person, ENGLISH)
