"""The facts of a statement by what they are of: money, hours, days, versions, so many of a thing,
names, and what is allowed.

Facts of different sorts are never held against each other.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from retrieval.text.names import names
from retrieval.text.numbers import MONTHS, SPELLED, numbers, written_out
from retrieval.text.special_characters import visible
from retrieval.text.terms import NEGATIONS, STOPWORDS, WORD, Keys, words

# The sort of what is counted without saying of what.
UNSAID = "count"
SHORT_MONTHS = {month[:3].lower(): at for at, month in enumerate(MONTHS, start=1)}
MONTH = "|".join([*MONTHS, *(rf"{month[:3]}\b\.?" for month in MONTHS)])
# “6 pm”, “18:00”, “ten in the morning”.
CLOCK = re.compile(
    r"(?<![\w.:,])(?P<hour>[01]?\d|2[0-4])(?::(?P<minutes>[0-5]\d))?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
    r"(?:\s+(?:o.clock\s+)?in\s+the\s+(?P<when>morning|afternoon|evening))?(?![\w:]|[.,]\d)",
    re.IGNORECASE,
)
DAY = re.compile(
    rf"(?<![\w.])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{MONTH})"
    rf"|(?P<named>{MONTH})\s+(?P<of>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))(?:,?\s+(?:19|20)\d\d\b)?",
    re.IGNORECASE,
)
WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.IGNORECASE)
DATED = re.compile(rf"{WEEKDAY.pattern}|\b(?:{MONTH})\b", re.IGNORECASE)
VERSION = re.compile(
    r"(?<![\w.])(?:(?:v|version|release)[\s:.]*(?P<named>\d+(?:\.\d+)*)|(?P<bare>\d+(?:\.\d+){2,}))"
    r"(?!\w|\.\d)",
    re.IGNORECASE,
)
NUMBER = r"\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
MONEY = re.compile(
    rf"(?P<sign>[$€£¥])\s?(?P<after>{NUMBER})|(?P<before>{NUMBER})\s?(?P<behind>[$€£¥])"
)
YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w.,]?\w)")
COUNT = re.compile(
    rf"(?<![\w.,])(?P<number>{NUMBER})\s?(?P<percent>%)?(?:[\s-]?(?P<unit>[^\W\d_]+))?"
)
CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
# How units are written otherwise.
UNITS = {
    **{"mb": "megabyte", "gb": "gigabyte", "kb": "kilobyte", "mib": "megabyte", "gib": "gigabyte"},
    **{"h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute"},
    **{"km": "kilometre", "kg": "kilogram", "eur": "euro", "usd": "dollar", "gbp": "pound"},
}
FORBIDS = frozenset("forbidden prohibited banned disallowed".split())
ALLOWS = frozenset("allowed permitted welcome".split())
# What tells that something was so, and may be otherwise now, or what became of a document itself.
PAST = re.compile(
    r"\b(?:formerly|previously|used to|until (?:19|20)\d\d|before (?:19|20)\d\d|no longer|was|were"
    r"|had|originally|in the past|historical\w*|amended|revised|updated|published|posted|adopted"
    r"|promulgated|approved)\b",
    re.IGNORECASE,
)

# A digit, a number in words, a day, a month, or a rule.
NAMED = "|".join([*sorted(FORBIDS | ALLOWS), *MONTHS])
STATES = re.compile(rf"\d|{WEEKDAY.pattern}|{SPELLED.pattern}|\b(?:{NAMED})\b", re.IGNORECASE)

# A picture by its name: “:calendar-2:”.
SHORT_CODE = re.compile(r":[a-z][\w+-]*:")

Reader = Callable[[re.Match[str], Keys], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a statement: values by sort, whether something is allowed (None: it isn't
    said), the keys of its other words, and whether it is of the past.

    `apart` are the keys by which it is told apart. In other languages than English there may be
    more `states`, such as whether something is open, and what is allowed is one of them.
    """

    values: Mapping[str, frozenset[str]]
    allowed: bool | None
    subject: frozenset[str]
    past: bool
    apart: frozenset[str]
    states: Mapping[str, bool] = field(default_factory=dict)


def may_state(text: str) -> bool:
    """Tell at once whether a text may hold facts other than names."""
    return STATES.search(text) is not None


def facts_of(text: str, keys: Keys) -> Facts:
    """The facts of a statement."""
    text = SHORT_CODE.sub(" ", visible(text))
    values, left = values_in(SPELLED.sub(_in_digits, text), keys)
    said = words(left)
    kept = (word for word in said if word not in STOPWORDS | NEGATIONS | FORBIDS | ALLOWS)
    subject = frozenset(keys.of(kept))
    past = PAST.search(text) is not None
    return Facts(values, _allowed(said), subject, past, apart=subject)


def values_in(text: str, keys: Keys) -> tuple[dict[str, frozenset[str]], str]:
    """The values in a text by their sorts, and what is left of it."""
    values, left = dict[str, set[str]](), text
    for pattern, reader in READERS:
        left = _take(pattern, reader, left, keys, values)
    return {sort: frozenset(found) for sort, found in values.items()}, left


def names_in(text: str) -> frozenset[str]:
    """The names in a statement, in small letters; months and days of the week are none."""
    small = frozenset(word for word in WORD.findall(text) if word.islower())
    found = (" ".join(name).lower() for name in names(DATED.sub(" ", text), small))
    return frozenset(name for name in found if name)


def _take(
    pattern: re.Pattern[str], reader: Reader, text: str, keys: Keys, values: dict[str, set[str]]
) -> str:
    """Read what a pattern finds, and return the text without it."""
    text = written_out(text) if pattern is DAY else text  # hours have been taken by then

    def taken(match: re.Match[str]) -> str:
        found = reader(match, keys)
        if found is None:
            return match.group()
        sort, value = found
        values.setdefault(sort, set()).add(value)
        # What is counted stays, for it is what the statement is about; a unit of measure doesn't.
        return f" {match['unit'] or ''} " if sort not in MEASURES and pattern is COUNT else " "

    return pattern.sub(taken, text)


def _in_digits(match: re.Match[str]) -> str:
    number = next(numbers(match.group()), None)
    if number is None or number.vague:
        return match.group()
    [value] = number.values
    return f"{value:f}"


def _hour(match: re.Match[str], keys: Keys) -> tuple[str, str] | None:
    half = (match["half"] or "").lower()
    when = (match["when"] or "").lower()
    if not (match["minutes"] or half or when):
        return None
    hour, minutes = int(match["hour"]), int(match["minutes"] or 0)
    later = half == "p" or when in {"afternoon", "evening"}
    hour = hour % 12 + 12 if later and hour <= 12 else hour  # noqa: PLR2004
    return "hour", f"{hour % 24}:{minutes:02}"


def _day(match: re.Match[str], keys: Keys) -> tuple[str, str]:
    month = SHORT_MONTHS[(match["month"] or match["named"])[:3].lower()]
    return "day", f"{int(match['day'] or match['of'])}.{month}."


def _weekday(match: re.Match[str], keys: Keys) -> tuple[str, str]:
    return "weekday", match.group(1).lower()


def _version(match: re.Match[str], keys: Keys) -> tuple[str, str]:
    return "version", match["named"] or match["bare"]


def _money(match: re.Match[str], keys: Keys) -> tuple[str, str]:
    currency = CURRENCIES[match["sign"] or match["behind"]]
    return currency, _value(match["after"] or match["before"])


def _year(match: re.Match[str], keys: Keys) -> tuple[str, str]:
    return "year", match.group()


def _count(match: re.Match[str], keys: Keys) -> tuple[str, str]:
    unit = "%" if match["percent"] else (match["unit"] or "").lower()
    if keys.is_stop_word(unit):
        unit = ""
    [key] = keys.of([unit]) if unit else [""]
    names = {other: other for other in CURRENCIES.values()}
    sort = UNITS.get(unit) or names.get(unit.removesuffix("s")) or key
    return LONG.get(sort, sort) or UNSAID, _value(match["number"])


# Units by the keys of their names in full, and all of them.
MEASURES = frozenset((*UNITS.values(), *CURRENCIES.values(), "%"))
LONG = {name[:5]: name for name in (*UNITS.values(), *CURRENCIES.values())}
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (CLOCK, _hour),
    (DAY, _day),
    (WEEKDAY, _weekday),
    (VERSION, _version),
    (MONEY, _money),
    (YEAR, _year),
    (COUNT, _count),
)


def _value(written: str) -> str:
    number = next(numbers(written), None)
    return written if number is None else ",".join(f"{value:f}" for value in sorted(number.values))


def _allowed(said: list[str]) -> bool | None:
    """Tell whether a statement allows something, or forbids it."""
    denies = not NEGATIONS.isdisjoint(said)
    if not FORBIDS.isdisjoint(said):
        return denies
    if not ALLOWS.isdisjoint(said):
        return not denies
    return None


def differing(one: Facts, other: Facts) -> Iterator[str]:
    """The sorts of facts in which two statements say different things."""
    pairs = [
        (sort, one.values[sort], other.values[sort]) for sort in one.values if sort in other.values
    ]
    yield from (sort for sort, mine, theirs in pairs if _differ(mine, theirs))
    if not pairs:
        mine, theirs = _only_count(one), _only_count(other)
        unsaid = UNSAID in {mine, theirs} and mine and theirs
        if unsaid and _differ(one.values[mine], other.values[theirs]):
            yield UNSAID
    if one.allowed is not None and other.allowed is not None and one.allowed != other.allowed:
        yield "allowed"
    if one.states and one.values == other.values:
        yield from (state for state in one.states if _opposed(one.states, other.states, state))


def _opposed(mine: Mapping[str, bool], theirs: Mapping[str, bool], state: str) -> bool:
    return state in theirs and mine[state] != theirs[state]


def _only_count(facts: Facts) -> str:
    """The sort of the only count in a statement, or ""."""
    return next(iter(facts.values)) if len(facts.values) == 1 else ""


def _differ(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether values exclude each other: as many, and not the same."""
    return len(mine) == len(theirs) and mine != theirs
