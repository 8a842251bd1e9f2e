"""Days as programs show them, "5/1/2026 9:12 AM" say, in whatever order of day and month."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

NUMBERS = re.compile(r"(\d{1,4})([./-])[ ]?(\d{1,2})\2[ ]?(\d{1,4})")
NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{2,4})")
NAMED_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")
HALF_DAY = re.compile(r"\d ?[AP]\.?M\b", re.IGNORECASE)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH_FIRST, DAY_FIRST = (1, 0), (0, 1)  # where the day and the month stand among two numbers
YEAR_DIGITS, MOST_MONTHS, CENTURY = 4, 12, 2000
# Discord numbers what it holds by the milliseconds since 2015, in all but the last 22 bits.
EPOCH, SHIFT = datetime(2015, 1, 1, tzinfo=UTC), 22
SNOWFLAKE = re.compile(r"\d{17,20}")


class ShownDates:
    """The order of day and month in which all times of one export are shown.

    `shown` are the times in the order of the text, each with the number that Discord gave its
    message, or "": it tells the time as well.
    """

    def __init__(self, shown: Iterable[tuple[str, str]]) -> None:
        self._order = _order([*shown])

    def day(self, shown: str) -> str:
        """The day of a time that is shown, as in "2026-05-01"; "" where it can't be told."""
        found = _day(shown, self._order)
        return found.isoformat() if found else ""


def _order(shown: Sequence[tuple[str, str]]) -> tuple[int, int]:
    numbered = [found for text, _ in shown if (found := NUMBERS.search(text))]
    if any(int(found[1]) > MOST_MONTHS or found[2] == "." for found in numbered):
        return DAY_FIRST
    if any(int(found[3]) > MOST_MONTHS for found in numbered):
        return MONTH_FIRST
    near = {order: _near(shown, order) for order in (MONTH_FIRST, DAY_FIRST)}
    if near[MONTH_FIRST] != near[DAY_FIRST]:
        return max(near, key=lambda order: near[order])
    if any(HALF_DAY.search(text) for text, _ in shown):
        return MONTH_FIRST
    back = {order: _steps_back(shown, order) for order in (MONTH_FIRST, DAY_FIRST)}
    if back[MONTH_FIRST] != back[DAY_FIRST]:
        return min(back, key=lambda order: back[order])
    padded = any(found[1].startswith("0") or found[3].startswith("0") for found in numbered)
    return DAY_FIRST if padded else MONTH_FIRST


def _near(shown: Sequence[tuple[str, str]], order: tuple[int, int]) -> int:
    """The number of times that are, in this order, about when their messages were numbered."""
    days = ((_day(text, order), _numbered_on(id)) for text, id in shown)
    return sum(
        told is not None and known is not None and abs(told - known) <= timedelta(days=1)
        for told, known in days
    )


def _steps_back(shown: Sequence[tuple[str, str]], order: tuple[int, int]) -> int:
    days = [day for text, _ in shown if (day := _day(text, order))]
    return sum(later < earlier for earlier, later in pairwise(days))


def _numbered_on(id: str) -> date | None:
    if not SNOWFLAKE.fullmatch(id):
        return None
    return (EPOCH + timedelta(milliseconds=int(id) >> SHIFT)).date()


def _day(shown: str, order: tuple[int, int]) -> date | None:
    if found := NAMED.search(shown):
        return _date(found[3], _month(found[2]), found[1])
    if found := NAMED_FIRST.search(shown):
        return _date(found[3], _month(found[1]), found[2])
    found = NUMBERS.search(shown)
    if found is None:
        return None
    if len(found[1]) == YEAR_DIGITS:
        return _date(found[1], int(found[3]), found[4])
    two = (found[1], found[3])
    return _date(found[4], int(two[order[1]]), two[order[0]])


def _month(name: str) -> int:
    return MONTHS.index(name.lower()) + 1 if name.lower() in MONTHS else 0


def _date(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year) + (0 if len(year) == YEAR_DIGITS else CENTURY), month, int(day))
    except ValueError:
        return None
