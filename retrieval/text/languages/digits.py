"""Numbers and dates as each language writes them → as English has them, by Unicode's CLDR.

German 1.500,5 is 1,500.5; digits of Arabic, Hindi and wide ones are those of ASCII; 2026年11月30日
and le 3 mars 2026 are 30 November 2026 and 3 March 2026.
"""

import re
import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from .folding import fold

# A number with groups of three digits, a fraction, or both.
GROUPED = re.compile(
    r"(?<![\w.,])(?P<whole>\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+|\d+)(?P<fraction>[.,]\d+)?(?![\d])"
)
ARABIC_SIGNS = str.maketrans("٬٫", ",.")
# Where a number stands right beside letters that no space parts from it.
BESIDE = re.compile(r"(?<=[^\W\d_])(?<![A-Za-z])(?=\d)|(?<=\d)(?=[^\W\d_])(?![A-Za-z])")
APART = "'’\u00a0\u202f "
YEAR_FIRST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December".split()
)
THOUSAND = 3


def in_ascii(text: str, language: str) -> str:
    """The text with its numbers and dates as English writes them."""
    plain = "".join(map(_digit, unicodedata.normalize("NFKC", text))).translate(ARABIC_SIGNS)
    dated = YEAR_FIRST.sub(lambda match: _date(match[3], match[2], match[1]), plain)
    months = _months(language)
    if months is not None:
        names, pattern = months
        dated = pattern.sub(lambda m: f"{m[1]} {names[fold(m[2], language)]}", dated)
    apart = BESIDE.sub(" ", dated)
    return GROUPED.sub(lambda match: _number(match, language), apart)


def _digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def _date(day: str, month: str, year: str) -> str:
    if not 1 <= int(month) <= len(ENGLISH_MONTHS):
        return f"{year} {month} {day}"
    return f" {int(day)} {ENGLISH_MONTHS[int(month) - 1]} {year} "


@cache
def _months(language: str) -> tuple[dict[str, str], re.Pattern[str]] | None:
    """The names of the months, folded, with the English ones, and a pattern of day and month."""
    locale = _locale(language)
    if locale is None:
        return None
    named = {
        fold(str(name).strip("."), language): ENGLISH_MONTHS[number - 1]
        for form in ("format", "stand-alone")
        for number, name in locale.months[form]["wide"].items()
        if not str(name)[:1].isdigit()
    }
    if not named:
        return None
    longest = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True))
    return named, re.compile(
        rf"\b(\d{{1,2}})(?:er|[.ºª°])?\s+(?:de\s+|ta['’]\s+)?({longest})\b", re.IGNORECASE
    )


def _number(match: re.Match[str], language: str) -> str:
    """A number as English writes it, by the signs of its language; as it stands where they don't
    say."""
    whole, fraction = match["whole"], match["fraction"] or ""
    point, group = _signs(language)
    marks = {mark for mark in whole if not mark.isdigit()}
    if marks <= {group, *APART} and (not fraction or fraction[0] == point):
        digits = re.sub(r"\D", "", whole)
        return f"{digits}.{fraction[1:]}" if fraction else digits
    if not marks and fraction and fraction[0] == group and len(fraction[1:]) == THOUSAND:
        return whole + fraction[1:]
    return match.group()


@cache
def _signs(language: str) -> tuple[str, str]:
    """The decimal sign of a language, and that between groups of digits."""
    locale = _locale(language)
    if locale is None:
        return ".", ","
    point, group = get_decimal_symbol(locale), get_group_symbol(locale)
    return point.translate(ARABIC_SIGNS), group.translate(ARABIC_SIGNS)


@cache
def _locale(language: str) -> Locale | None:
    try:
        return Locale(language)
    except UnknownLocaleError:
        return None
