"""Excel's formats of dates, times and durations."""

import locale
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .format_tokenizer import Code

DAY_SECONDS = 86_400
LAST_DAY = 2_958_465  # 9999-12-31
LEAP_BUG = 60  # Excel's 29 February 1900, which there never was
ELAPSED = {"h": 3600, "m": 60, "s": 1}
NAMES = {"mmm": "MMM", "mmmm": "MMMM", "mmmmm": "MMMMM", "ddd": "EEE"}  # in Unicode's letters
ENGLISH = "en"
LANGUAGE = 0xFFFF  # what of a number names the language; the rest are calendars and digits


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time as a cell shows it: its day, the seconds in it, and the seconds since the first day.

    `halves` says that the day has two halves, of twelve hours.
    """

    day: date
    seconds: float
    elapsed: float
    halves: bool
    decimals: int
    language: str


def is_date(codes: Sequence[Code]) -> bool:
    """Return whether a section of a format shows a date, a time or a duration."""
    return any(code.kind == "date" or _elapsed(code) for code in codes)


def _elapsed(code: Code) -> str:
    """The unit of a duration that may pass a day, such as the hours of `[h]:mm`, or ""."""
    letters = code.text.lower() if code.kind == "bracket" else ""
    return letters[0] if letters and set(letters) in ({"h"}, {"m"}, {"s"}) else ""


def show_date(codes: Sequence[Code], value: float, since_1904: bool) -> str:
    """The days `value` by a section of a format, or "" where there is no such day."""
    decimals = _decimals(codes)
    if not 0 <= value <= LAST_DAY:
        return ""
    seconds = round(value * DAY_SECONDS, decimals)
    days, rest = divmod(seconds, DAY_SECONDS)
    halves = any(code.kind == "half" for code in codes)
    day = _day(int(days), since_1904)
    moment = _Moment(day, rest, seconds, halves, decimals, _language(codes))
    return "".join(_said(at, codes, moment) for at in range(len(codes))).strip()


def _day(days: int, since_1904: bool) -> date:
    if since_1904:
        first = datetime(1904, 1, 1)
    else:
        first = datetime(1899, 12, 30 if days >= LEAP_BUG else 31)
    return (first + timedelta(min(days, LAST_DAY - 1_500 if since_1904 else days))).date()


def _decimals(codes: Sequence[Code]) -> int:
    return min(sum(code.kind == "place" for code in codes), 6)


def _said(at: int, codes: Sequence[Code], moment: _Moment) -> str:
    code = codes[at]
    if unit := _elapsed(code):
        return f"{int(moment.elapsed // ELAPSED[unit]):0{len(code.text)}d}"
    if code.kind == "half":
        return code.text.split("/")[moment.seconds >= DAY_SECONDS // 2]
    if code.kind == "point":
        return (
            _fraction(moment) if codes[at + 1 : at + 2] and codes[at + 1].kind == "place" else "."
        )
    return _unit(at, codes, moment) if code.kind == "date" else code.said


def _fraction(moment: _Moment) -> str:
    return f"{moment.seconds % 1:.{moment.decimals}f}"[1:]


def _unit(at: int, codes: Sequence[Code], moment: _Moment) -> str:
    letters = codes[at].text.lower()
    if letters[0] == "m" and _counts_minutes(at, codes):
        return f"{int(moment.seconds // 60 % 60):0{min(len(letters), 2)}d}"
    if letters[0] in "hs":
        return _clock(letters, moment)
    return _calendar(letters, moment)


def _counts_minutes(at: int, codes: Sequence[Code]) -> bool:
    """Return whether an "m" stands for minutes: behind hours, or in front of seconds."""
    units = [
        (place, _elapsed(code) or code.text[0].lower())
        for place, code in enumerate(codes)
        if code.kind == "date" or _elapsed(code)
    ]
    index = [place for place, _ in units].index(at)
    before = units[index - 1][1] if index else ""
    after = units[index + 1][1] if index + 1 < len(units) else ""
    return before == "h" or after == "s"


def _clock(letters: str, moment: _Moment) -> str:
    if letters[0] == "s":
        return f"{int(moment.seconds % 60):0{min(len(letters), 2)}d}"
    hour = int(moment.seconds // 3600)
    if moment.halves:
        return f"{(hour - 1) % 12 + 1:0{min(len(letters), 2)}d}"
    # With two digits it can't be taken for an hour after noon.
    return f"{hour:02d}"


def _calendar(letters: str, moment: _Moment) -> str:
    unit, day = letters[0], moment.day
    if unit in "ye":
        return f"{day.year % 100:02d}" if letters in ("y", "yy") else str(day.year)
    if unit in "gb":
        return ""
    if letters[2:]:
        return _name(letters, moment)
    return f"{day.month if unit == 'm' else day.day:0{len(letters)}d}"


def _name(letters: str, moment: _Moment) -> str:
    from babel.dates import format_date

    return format_date(moment.day, NAMES.get(letters, "EEEE"), moment.language)


def _language(codes: Sequence[Code]) -> str:
    """The language that a format names by its number, as in `[$-407]`; else English."""
    for code in codes:
        number = code.text.rpartition("-")[2] if code.kind == "bracket" else ""
        if number and code.text.startswith("$") and not set(number) - set("0123456789abcdefABCDEF"):
            name = locale.windows_locale.get(int(number[:8], 16) & LANGUAGE)
            if name and _is_known(name):
                return name
    return ENGLISH


def _is_known(name: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True
