"""The facts of a claim that can be looked up: its numbers, its dates, and its proper names.

A claim may say in other words what a passage says, but not with other numbers or names. Some names
and units are written in several ways, each of which stands for the others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.text.invisible import visible
from retrieval.text.names import abbreviated, initials, names
from retrieval.text.numbers import MONTHS, in_digits, numbers, written_out
from retrieval.text.terms import WORD, Keys, fold, words

# Of nations those whose people's name begins otherwise: where it begins alike it is the same key.
FORMS = (
    ("America", "American", "Americans", "U.S", "US", "U.S.A", "USA", "United States"),
    ("Belgium", "Belgian", "Belgians"),
    ("Britain", "British", "U.K", "UK", "United Kingdom"),
    ("China", "Chinese"),
    ("Denmark", "Danish", "Dane", "Danes"),
    ("England", "English"),
    ("Finland", "Finnish", "Finn", "Finns"),
    ("France", "French"),
    ("Greece", "Greek", "Greeks"),
    ("Iceland", "Icelandic"),
    ("Ireland", "Irish"),
    ("Netherlands", "Dutch", "Holland"),
    ("Norway", "Norwegian", "Norwegians"),
    ("Philippines", "Filipino", "Filipinos"),
    ("Poland", "Polish", "Pole", "Poles"),
    ("Scotland", "Scottish", "Scots"),
    ("Spain", "Spanish", "Spaniard", "Spaniards"),
    ("Sweden", "Swedish", "Swede", "Swedes"),
    ("Switzerland", "Swiss"),
    ("Turkey", "Turkish", "Turk", "Turks", "Türkiye"),
    ("Wales", "Welsh"),
    ("European Union", "EU", "E.U"),
    ("Nazi", "Nazis", "Nazism"),
    ("TV", "television"),
    ("Q1", "first quarter"),
    ("Q2", "second quarter"),
    ("Q3", "third quarter"),
    ("Q4", "fourth quarter"),
    ("°F", "° F", "Fahrenheit"),
    ("°C", "° C", "Celsius"),
)
OF_FORM = {form: forms for forms in FORMS for form in forms}
FORM = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in sorted(OF_FORM, key=len)[::-1])})(?!\w)"
)


def other_forms(text: str) -> Iterator[str]:
    """The folded words of all the ways to write what a text writes in one of them."""
    for forms in {OF_FORM[form] for form in FORM.findall(text)}:
        yield from (word for form in forms for word in words(form) if len(word) > 1)


SHORT_MONTHS = {month[:3].lower(): month.lower() for month in MONTHS} | {"sept": "september"}
SHORT_DAYS = {
    day[:3]: day for day in "monday tuesday wednesday thursday friday saturday sunday".split()
}


@dataclass(frozen=True, slots=True)
class Facts:
    """A text's words, their keys, its numbers, and the initials of its names."""

    words: frozenset[str]
    small: frozenset[str]
    keys: frozenset[str]
    numbers: frozenset[Decimal]
    initials: str


def known(text: str, keys: Keys) -> Facts:
    """All that a claim may be looked up in."""
    text = written_out(visible(text))
    plain = words(text)
    found = frozenset([*_spelled_out(plain), *in_digits(plain), *other_forms(text)])
    return Facts(
        words=found,
        small=frozenset(word for word in WORD.findall(text) if word.islower()),
        keys=frozenset(keys.of(sorted(found))),
        numbers=frozenset(value for number in numbers(text) for value in number.values),
        initials=initials(text),
    )


def together(texts: Sequence[Facts]) -> Facts:
    """The facts of several texts together."""
    return Facts(
        words=frozenset().union(*(text.words for text in texts)),
        small=frozenset().union(*(text.small for text in texts)),
        keys=frozenset().union(*(text.keys for text in texts)),
        numbers=frozenset().union(*(text.numbers for text in texts)),
        initials=" | ".join(text.initials for text in texts),
    )


def missing(claim: str, source: Facts, keys: Keys) -> tuple[str, ...]:
    """The numbers, dates and proper names of a claim that a text doesn't hold, as written."""
    claim = written_out(visible(claim))
    lacking = [
        number.written
        for number in numbers(claim)
        if not number.vague and not number.values & source.numbers
    ]
    for name in names(claim, source.small):
        absent = [word for word in name if not _holds(source, word, keys)]
        if absent and not abbreviated(name, source.words, source.initials):
            lacking += absent
    return tuple(dict.fromkeys(lacking))


def _holds(source: Facts, word: str, keys: Keys) -> bool:
    [word] = _spelled_out([fold(word)])
    return word in source.words or keys.of([word])[0] in source.keys


def _spelled_out(found: Sequence[str]) -> list[str]:
    """Words with months and days in full."""
    return [SHORT_MONTHS.get(word, SHORT_DAYS.get(word, word)) for word in found]
