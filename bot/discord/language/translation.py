"""Put messages into the language of the moment, by GNU gettext: a catalog for each language.

The English message stands in the code and is the key. `_` and its kin have the names that every
translator's tool looks for. Nothing is read, and Babel isn't imported, while English is spoken.
"""

import gettext
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from io import BytesIO

from bot.output.text import language_name
from retrieval.errors import N_ as N_  # noqa: PLC0414 -- for all that the bot says
from retrieval.errors import Counted, FootnoteError, Sentence, written

from .languages import ENGLISH
from .speaking import spoken


def _(message: str, /, **values: object) -> str:
    """A message in the language of the moment, with values in its `{fields}`."""
    found = catalog(spoken()).gettext(message) if message else ""
    return found.format(**values) if values else found


def pgettext(context: str, message: str, /) -> str:
    """A message that means different things in English, of which the context tells which."""
    return catalog(spoken()).pgettext(context, message)


def ngettext(one: str, many: str, count: float, /, **values: object) -> str:
    """A message about a number of things, in the form that the number calls for; `{count}` in it
    is the number."""
    # Half of something takes the form of two in all languages that have one for two.
    found = catalog(spoken()).ngettext(one, many, int(count) if count == int(count) else 2)
    return found.format(count=number(count), **values)


def in_words(told: FootnoteError | str) -> str:
    """An error, or the sentence that one left behind, with all that it is made of."""
    sentence = told.sentence if isinstance(told, FootnoteError) else told
    if not isinstance(sentence, Sentence):
        return _(sentence)
    values = {name: _in_words(value) for name, value in sentence.values.items()}
    if isinstance(sentence, Counted):
        return ngettext(sentence.one, sentence.many, sentence.number, **values)
    return _(sentence.template, **values)


def _in_words(value: object) -> object:
    if isinstance(value, Sentence):
        return in_words(value)
    return number(value) if isinstance(value, float) else value


def quotation(words: str) -> str:
    """Words between quotation marks: “so”, or „so“, or « so »."""
    return _("“{words}”", words=words)


def number(count: float) -> str:
    """A number as it is written: 1,234 or 1.234 or 1 234."""
    if spoken() == ENGLISH:
        return written(count)
    from babel.numbers import format_decimal

    return format_decimal(count, locale=_babels())


def percentage(share: float) -> str:
    """A share of one as it is written: 85% or 85 %."""
    if spoken() == ENGLISH:
        return f"{share:.0%}"
    from babel.numbers import format_percent

    return format_percent(share, locale=_babels())


def day(when: date) -> str:
    """A day as it is written: 3 March 2026 or 2026年3月3日."""
    if spoken() == ENGLISH:
        return f"{when.day} {when:%B %Y}"
    from babel.dates import format_date

    return format_date(when, "long", locale=_babels())


def language_named(code: str) -> str:
    """The name of a language, by its ISO 639-1 code."""
    return language_name(code, _babels())


def listed(items: Sequence[str], either: bool = False) -> str:
    """Things in a row: "a, b and c", or, where it is one or the other, "a, b or c"."""
    if spoken() == ENGLISH:
        last = " or " if either else " and "
        return last.join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
    from babel.lists import format_list

    return format_list(items, style="or" if either else "standard", locale=_babels())


def _babels() -> str:
    return spoken().replace("-", "_")


@cache
def catalog(language: str) -> gettext.NullTranslations:
    """The translations into a language, read once; English says what stands in the code."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    file = resources.files("bot.discord.language") / "catalogs" / f"{language}.po"
    with file.open("rb") as text:
        write_mo(compiled, read_po(text, locale=language.replace("-", "_")))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
