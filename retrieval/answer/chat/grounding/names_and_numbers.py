"""The names and numbers of a claim, dates among them, which are looked up in what it cites.

A claim may say in other words what a passage says, but not with other numbers or names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.text.names import abbreviated, initials, names
from retrieval.text.numbers import MONTHS, in_digits, numbers, written_out
from retrieval.text.special_characters import visible
from retrieval.text.terms import WORD, Keys, fold, words
from retrieval.types import ENGLISH

from .name_variants import other_forms

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


def known(text: str, keys: Keys, language: str = ENGLISH) -> Facts:
    """All that a claim may be looked up in, of a text in a language."""
    text = written_out(visible(text))
    plain = words(text)
    found = frozenset([*_spelled_out(plain), *in_digits(plain), *other_forms(text)])
    return Facts(
        words=found,
        small=frozenset(word for word in WORD.findall(text) if word.islower()),
        keys=frozenset(keys.of(sorted(found))),
        numbers=frozenset(value for number in numbers(text, language) for value in number.values),
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


def missing(claim: str, source: Facts, keys: Keys, language: str = ENGLISH) -> tuple[str, ...]:
    """The numbers, dates and proper names of a claim that a text doesn't hold, as written.

    Of a text in another language than English, the numbers: what is a name there is not known.
    """
    claim = written_out(visible(claim))
    lacking = [
        number.written
        for number in numbers(claim, language)
        if not number.vague and not number.values & source.numbers
    ]
    if language != ENGLISH:
        return tuple(dict.fromkeys(lacking))
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
