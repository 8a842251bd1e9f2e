"""The numbers of a text, by value: “1,000”, “one thousand” and “1k” are the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
SMALL = {
    **{word: value for value, word in enumerate(ONES)},
    **{word: value for value, word in enumerate(ORDINALS)},
    **{word: 10 * value for value, word in enumerate(TENS, start=2)},
    **{f"{word[:-1]}ieth": 10 * value for value, word in enumerate(TENS, start=2)},
}
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
# Words that are hardly ever meant as a number: they are read as one, but need not be found.
VAGUE = frozenset({"one", "first", "second", "zeroth", "dozen"})

WORDS = "|".join(sorted((*SMALL, *SCALES), key=len, reverse=True))
SPELLED = re.compile(
    rf"(?<!\d\s)\b(?:{WORDS})s?(?:(?:[\s-]+|\s+and\s+)(?:{WORDS})s?)*\b", re.IGNORECASE
)
# Digits, in groups of three or not, with a fraction, and what multiplies them.
DIGITS = re.compile(
    r"(?<![\w.,])(?<![A-Za-z]-)[$€£¥]?(?P<digits>\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+(?!\d)|\d+)"
    r"(?P<fraction>[.,]\d{1,2}(?!\d)|\.\d+)?"
    r"(?:\s?(?P<scale>hundred|thousand|million|billion|trillion|(?:bn|tn|mn|[kmb])(?![a-z])))?"
    r"(?:st|nd|rd|th|s|%)?",
    re.IGNORECASE,
)
AFTERNOON = re.compile(r"\s?(?::(?P<minutes>\d\d))?\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with the values that it may stand for."""

    written: str
    values: frozenset[Decimal]
    vague: bool = False


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text, in digits and in English words."""
    for match in DIGITS.finditer(text):
        yield Number(match.group().strip(), _values(match, text))
    for match in SPELLED.finditer(text):
        words = re.split(r"[\s-]+", match.group().lower())
        value = Decimal(_spelled([word for word in words if word != "and"]))
        yield Number(match.group(), frozenset({value}), len(words) == 1 and words[0] in VAGUE)


def _values(match: re.Match[str], text: str) -> frozenset[Decimal]:
    whole = re.sub(r"\D", "", match["digits"])
    value = Decimal(f"{whole}.{(match['fraction'] or '.0')[1:]}")
    scale = (match["scale"] or "").lower()
    value *= SCALES.get(scale) or SHORT_SCALES.get(scale) or 1
    return frozenset({value.normalize(), *_on_the_clock(value, text, match.end())})


def _on_the_clock(value: Decimal, text: str, end: int) -> Iterator[Decimal]:
    """The hour of a day of 24 that “3 pm” is."""
    half = AFTERNOON.match(text, end)
    if half and half["half"].lower() == "p" and value < 12:  # noqa: PLR2004
        yield (value + 12).normalize()


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
