"""The facts of a claim that can be looked up: its numbers, its dates, and its proper names.

A claim may say in other words what a passage says, but not with other numbers or names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ..prompting.invisible import visible
from ..terms import OPENS_SENTENCE, STOPWORDS, WORD, Keys, fold, words
from .dates import MONTHS, written_out
from .numbers import numbers

SHORT_MONTHS = {month[:3].lower(): month.lower() for month in MONTHS} | {"sept": "september"}
SHORT_DAYS = {
    day[:3]: day for day in "monday tuesday wednesday thursday friday saturday sunday".split()
}
# Forms of address, which one text has and another leaves out.
TITLES = frozenset("mr mrs ms miss dr prof professor sir dame lord lady saint st jr sr".split())
# What begins a sentence with a capital and is no name. Participles and adverbs are known by their
# ends; words that a passage writes small are known from there.
OPENERS = frozenset(
    """
    according accordingly after again all although among another around because before between
    both certain despite due each either every everyone few furthermore hence however instead last
    later like many meanwhile more moreover most neither nevertheless next nobody none nonetheless
    nothing now often once only others otherwise overall people perhaps plus rather several since
    sometimes soon still thanks therefore though through throughout thus today together under
    unfortunately unlike unless until upon whether within without yes yet people there these those
    """.split()
)
# The month, where no sentence begins with it.
MAY = "May"
PARTICLES = frozenset("of the and for de la".split())


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in a text: its words, their keys, its numbers, and the initials of its names."""

    words: frozenset[str]
    small: frozenset[str]
    keys: frozenset[str]
    numbers: frozenset[Decimal]
    initials: str


def known(text: str, keys: Keys) -> Known:
    """All that a claim may be looked up in."""
    text = written_out(visible(text))
    found = frozenset(_spelled_out(words(text)))
    return Known(
        words=found,
        small=frozenset(word for word in WORD.findall(text) if word.islower()),
        keys=frozenset(keys.of(sorted(found))),
        numbers=frozenset(value for number in numbers(text) for value in number.values),
        initials=_initials(text),
    )


def missing(claim: str, source: Known, keys: Keys) -> tuple[str, ...]:
    """The numbers, dates and proper names of a claim that a text doesn't hold, as written."""
    claim = written_out(visible(claim))
    lacking = [
        number.written
        for number in numbers(claim)
        if not number.vague and not number.values & source.numbers
    ]
    for run in _names(claim, source):
        absent = [name for name in run if not _holds(source, name, keys)]
        if absent and not _abbreviated(run, source):
            lacking += absent
    return tuple(dict.fromkeys(lacking))


def _names(claim: str, source: Known) -> Iterator[list[str]]:
    """Runs of capitalised words that are names, each with the small words inside left out."""
    if claim.upper() == claim:
        return
    found = [(match.group(), _is_name(match, claim, source)) for match in WORD.finditer(claim)]
    inside = [(word, is_name) for word, is_name in found if is_name or word not in PARTICLES]
    for is_name, run in groupby(inside, key=lambda pair: pair[1]):
        if is_name:
            yield [word for word, _ in run]


def _is_name(match: re.Match[str], claim: str, source: Known) -> bool:
    word = match.group()
    folded = fold(word)
    opens = OPENS_SENTENCE.search(claim[: match.start()]) is not None
    if len(word) == 1 or folded in TITLES or (folded in STOPWORDS and (opens or word != MAY)):
        return False
    if not word[0].isalpha() or (word.islower() and word.isalpha()):
        return False
    if not opens or not word[1:].islower():
        return True
    ordinary = folded in OPENERS or folded in source.small or folded.endswith(("ly", "ing", "ed"))
    return not ordinary


def _holds(source: Known, name: str, keys: Keys) -> bool:
    [word] = _spelled_out([fold(name)])
    return word in source.words or keys.of([word])[0] in source.keys


def _abbreviated(run: Sequence[str], source: Known) -> bool:
    """Whether a text has a name's initials for it, or the name for a claim's initials."""
    if len(run) == 1:
        return run[0].isupper() and f" {' '.join(run[0])} " in source.initials
    initials = "".join(word[0] for word in run).lower()
    return initials in source.words


def _initials(text: str) -> str:
    """The first letters of capitalised words that stand together, with spaces between."""
    runs = groupby(
        (word for word in WORD.findall(text) if word not in PARTICLES),
        key=lambda word: word[0].isupper(),
    )
    return " | ".join(f" {' '.join(word[0] for word in run)} " for named, run in runs if named)


def _spelled_out(found: Sequence[str]) -> list[str]:
    """Words with months and days in full."""
    return [SHORT_MONTHS.get(word, SHORT_DAYS.get(word, word)) for word in found]
