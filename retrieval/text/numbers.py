"""The numbers of a text, by value: “1,000”, “one thousand” and “1k” are the same.

Dates in digits are written out, for a claim and a passage may each have their own way. Lists are
counted in Roman numerals.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from retrieval.types import ENGLISH

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
VALUES = [*range(20), *range(20, 100, 10)]
SMALL = dict(zip([*ONES, *TENS, *ORDINALS, *TENTHS], [*VALUES, *VALUES], strict=True))
# What multiplies a number before it; those below a thousand only what stands right before them.
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
# Words that are read as a number, but need not be found: they hardly ever count something.
VAGUE = frozenset({"one", "first", "second", "zeroth", "dozen"})

UNITS = "|".join((*ONES[1:10], *ORDINALS[1:10]))
BELOW_HUNDRED = (
    rf"(?:(?:{'|'.join(TENS)})[\s-]+(?:{UNITS})|{'|'.join(sorted(SMALL, key=len)[::-1])})"
)
SCALE = rf"(?:{'|'.join(SCALES)})s?"
# What multiplies comes after a number or alone, and only after it does another number go on.
SPELLED = re.compile(
    rf"(?<!\d\s)\b(?:(?:{BELOW_HUNDRED}[\s-]+)?{SCALE}\b"
    rf"(?:[\s-]+(?:and\s+)?{BELOW_HUNDRED}\b|[\s-]+{SCALE}\b)*|{BELOW_HUNDRED}s?\b)",
    re.IGNORECASE,
)
# Digits, in groups of three or not, with a fraction, and what multiplies them.
DIGITS = re.compile(
    r"(?<![\w.,])(?<![A-Za-z]-)[$€£¥]?(?P<digits>\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+(?!\d)|\d+)"
    r"(?P<fraction>[.,]\d{1,2}(?!\d)|\.\d+)?"
    r"(?:\s?(?P<scale>hundred|thousand|million|billion|trillion|(?:bn|tn|mn|[kmb])(?![a-z])))?"
    r"(?:st|nd|rd|th|s|%)?",
    re.IGNORECASE,
)
# Numbers in a row without spaces: 1,2,3.
IN_A_ROW = re.compile(r"(?<![\w.,])\d{1,2}(?:,\d{1,2}){2,}(?!\w|[.,]\d)")
# What stands before the second year of 2018–19.
CENTURY = re.compile(r"(?<!\d)(?P<century>\d\d)\d\d\s?[–/-]\s?$")
AFTERNOON = re.compile(r"\s?(?::(?P<minutes>\d\d))?\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with the values that it may stand for."""

    written: str
    values: frozenset[Decimal]
    vague: bool = False


def numbers(text: str, language: str = ENGLISH) -> Iterator[Number]:
    """The numbers of a text, in digits, as its language writes them, and in English words."""
    if language != ENGLISH:
        from .languages.digits import in_ascii

        text = in_ascii(text, language)
    text = IN_A_ROW.sub(lambda match: match.group().replace(",", ", "), text)
    for match in DIGITS.finditer(text):
        yield Number(match.group().strip(), _values(match, text))
    for match in SPELLED.finditer(text):
        words = re.split(r"[\s-]+", match.group().lower())
        value = Decimal(_spelled([word for word in words if word != "and"]))
        vague = len(words) == 1 and words[0].removesuffix("s") in VAGUE
        yield Number(match.group(), frozenset({value}), vague)


def in_digits(words: Iterable[str]) -> Iterator[str]:
    """Folded words, of which those that are a number below a hundred are in digits."""
    return (str(SMALL.get(word, word)) for word in words)


def _values(match: re.Match[str], text: str) -> frozenset[Decimal]:
    whole = re.sub(r"\D", "", match["digits"])
    value = Decimal(f"{whole}.{(match['fraction'] or '.0')[1:]}")
    scale = (match["scale"] or "").lower()
    value *= SCALES.get(scale) or SHORT_SCALES.get(scale) or 1
    others = (*_on_the_clock(value, text, match.end()), *_in_full(match, text))
    return frozenset({value.normalize(), *others})


def _on_the_clock(value: Decimal, text: str, end: int) -> Iterator[Decimal]:
    """The hour of a day of 24 that “3 pm” is."""
    half = AFTERNOON.match(text, end)
    if half and half["half"].lower() == "p" and value < 12:  # noqa: PLR2004
        yield (value + 12).normalize()


def _in_full(match: re.Match[str], text: str) -> Iterator[Decimal]:
    """The year that the “19” of 2018–19 is."""
    year = match.group()
    if len(year) == len("19") and (before := CENTURY.search(text[: match.start()][-8:])):
        yield Decimal(before["century"] + year).normalize()


def _spelled(words: list[str]) -> int:
    """The value of words such as “two hundred and five thousand”."""
    total = part = 0
    for word in words:
        scale = SCALES.get(word) or SCALES.get(word.removesuffix("s"))
        if scale is None:
            part += SMALL.get(word, SMALL.get(word.removesuffix("s"), 0))
        elif scale < 1000:  # noqa: PLR2004
            part = max(part, 1) * scale
        else:
            total, part = total + max(part, 1) * scale, 0
    return total + part


MONTHS = (
    "January February March April May June July August September October November December".split()
)
LONGEST_MONTH = 31
# 2023-10-28, 28.10.2023, 10/28/2023.
DATE = re.compile(
    r"(?<![\w.,/-])(?:(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"|(?P<one>\d{1,2})[./](?P<other>\d{1,2})[./](?P<last>\d{4}))(?!\w|[./-]\d)"
)
# The full hour, which others write as “3 pm”.
FULL_HOUR = re.compile(r"(?<![\w.:])(\d{1,2}):00\b(?!:)")


def written_out(text: str) -> str:
    """The text with its dates as “28 October 2023”, and full hours without their minutes.

    Of a date that may be read in two ways, both are there.
    """
    return FULL_HOUR.sub(r"\1", DATE.sub(lambda match: " or ".join(_readings(match)), text))


def _readings(match: re.Match[str]) -> Iterator[str]:
    year = match["year"] or match["last"]
    pairs = {(match["day"], match["month"])} if match["year"] else _either(match)
    found = sorted((int(day), int(month)) for day, month in pairs if _is_date(day, month))
    yield from (f"{day} {MONTHS[month - 1]} {year}" for day, month in found)
    if not found:
        yield match.group()


def _either(match: re.Match[str]) -> set[tuple[str, str]]:
    return {(match["one"], match["other"]), (match["other"], match["one"])}


def _is_date(day: str, month: str) -> bool:
    return 1 <= int(day) <= LONGEST_MONTH and 1 <= int(month) <= len(MONTHS)


ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
LARGEST_ROMAN = 3999


def roman(number: int) -> str:
    """A number in small Roman numerals, which go from 1 to 3,999; in digits beyond them."""
    if not 0 < number <= LARGEST_ROMAN:
        return str(number)
    letters = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        letters += sign * count
    return letters
