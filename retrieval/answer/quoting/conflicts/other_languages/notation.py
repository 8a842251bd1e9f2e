"""Hours, days, dates, money and numbers of a text in another language → as English writes them.

“Freitags um 14 Uhr” is “Friday 14:00”, “le 3 mars” is “3 March”, 午後3時 is “15:00”.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from retrieval.text.languages.digits import in_ascii
from retrieval.text.languages.folding import fold
from retrieval.text.numbers import MONTHS
from retrieval.text.terms import Keys

from .table import LETTER, LanguageTable

HOUR, MINUTES = r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])", r"(?P<minutes>[0-5]\d)"
NEVER = "(?!)"
ENDS = r"(?![\d%]|[.,]\d)"
NUMBER = r"(?<![\w.,])\d+(?:\.\d+)?"
# Signs of currencies that English texts don't have, before their number.
SIGN = re.compile(rf"([₹₽₺₩฿₫])\s?({NUMBER})")
NOON = 12
MONTH = re.compile(r"(?<![\d年년.])(\d{1,2})[月월](?!\s?\d)")
MONTH_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?")
DAY_FIRST = re.compile(
    r"(?<![\w.,/-])(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})"
    r"(?:(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d./-]\d)|(?<=[.]\d)[.](?!\d)|(?<=[.]\d\d)[.](?!\d))"
)
YEAR_FIRST = re.compile(r"(?<![\w./-])((?:19|20)\d\d)([./-])\s?(\d{1,2})\2\s?(\d{1,2})\.?(?!\d)")
EASTERN = frozenset({"ja", "zh", "ko"})
# Numbers in Chinese characters, before what counts.
HAN_DIGITS = "〇一二三四五六七八九"
COUNTED = "个個时時点點月日天年本册冊人名位次张張分円元块塊台回枚件岁歳歲周週度条條小"
HAN = re.compile(rf"[〇一二三四五六七八九十百千两]+(?=[{COUNTED}])")
HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
Reading = Callable[[re.Match[str]], str]
WORD = re.compile(rf"{LETTER}+")


def as_english(text: str, table: LanguageTable, keys: Keys) -> str:
    """The folded text with its hours, days, dates and numbers as English has them."""
    plain = fold(text, table.code)
    if table.code in EASTERN:
        plain = MONTH_FIRST.sub(lambda m: _date(m[2], m[1]) or m[0], _in_digits(plain))
        plain = MONTH.sub(lambda match: f" {_month(match[1]) or match[0]} ", plain)
        plain = YEAR_FIRST.sub(lambda m: _date(m[4], m[3], m[1]) or m[0], plain)
    else:
        plain = DAY_FIRST.sub(lambda m: _date(m["day"], m["month"], m["year"]) or m[0], plain)
        plain = WORD.sub(lambda m: table.numerals.get(m[0], m[0]), plain)
    for pattern, told in _clocks(table):
        plain = pattern.sub(told, plain)
    plain = _weekdays(plain, table, keys)
    return _measured(in_ascii(plain, table.code), table)


def _date(day: str, month: str, year: str | None = None) -> str:
    named = _month(month)
    return f" {int(day)} {named} {year or ''} " if named else ""


def _month(number: str) -> str:
    return MONTHS[int(number) - 1] if 1 <= int(number) <= len(MONTHS) else ""


def _in_digits(text: str) -> str:
    return HAN.sub(lambda match: str(_value(match[0].replace("两", "二"))), text)


def _value(numeral: str) -> int:
    """The value of a number in Chinese characters, below ten thousand."""
    if not any(scale in numeral for scale in HAN_SCALES):
        return int("".join(str(HAN_DIGITS.index(digit)) for digit in numeral))
    total = digit = 0
    for character in numeral:
        if scale := HAN_SCALES.get(character):
            total, digit = total + max(digit, 1) * scale, 0
        else:
            digit = HAN_DIGITS.index(character)
    return total + digit


@cache
def _clocks(table: LanguageTable) -> Sequence[tuple[re.Pattern[str], Reading]]:
    """Patterns of how a language tells hours, each with what makes “18:00” of it."""
    of = table.clock
    early, late, sign = (of(name) or NEVER for name in ("am", "pm", "after"))
    before = rf"(?:(?P<late>{late})\s*|(?:{early})\s*)?"
    behind = rf"(?:\s*(?:(?P<later>{late})|{early}))?"
    minute, half = of("minute") or NEVER, of("half") or NEVER
    minutes = rf"(?:\s*{MINUTES}(?:\s?(?:{minute}))?(?!\d)|\s?(?P<half>{half}))?"
    written = rf"{HOUR}[:.]{MINUTES}(?![\d.:]\d)\s?(?:{sign})"
    to = rf"\s?(?:{of('to')})\s?\d{{1,2}}(?:[:.]\d\d)?\s?(?:{sign})"
    told = [
        rf"{before}{HOUR}\s?(?:{sign}){minutes}{behind}",
        rf"{before}{written}{behind}",
        rf"(?<!\w)(?:{of('before') or NEVER})\s*{before}{HOUR}(?:[:.]{MINUTES})?{ENDS}{behind}",
        rf"{before}{HOUR}:{MINUTES}(?![\d.:]\d){behind}",
        rf"{HOUR}\s?(?:(?P<later>{late})|{early})",
    ]
    return [
        (re.compile(rf"{HOUR}(?={to})"), _on_the_hour),
        *((re.compile(each), _hour) for each in told),
    ]


def _on_the_hour(match: re.Match[str]) -> str:
    return f" {int(match['hour'])}:00 "


def _hour(match: re.Match[str]) -> str:
    """An hour by the clock of 24, as English writes it."""
    hour, told = int(match["hour"]), match.groupdict()
    late = told.get("late") or told.get("later")
    hour = hour + NOON if late and hour < NOON else hour
    minutes = "30" if told.get("half") else told.get("minutes") or "00"
    return f" {hour % 24}:{minutes} "


def _weekdays(text: str, table: LanguageTable, keys: Keys) -> str:
    """The text with the days of the week in English, in whatever form they stand."""
    days = table.weekdays
    apart = {name: day for name, day in days.items() if table.by_pieces or not name.isalpha()}
    if apart:
        text = table.pattern(list(apart)).sub(lambda match: f" {days[match[0]]} ", text)
    if table.by_pieces:
        return text
    by_stem = dict(zip(keys.stems(days), days.values(), strict=True))

    def named(match: re.Match[str]) -> str:
        word = match[0]
        return days.get(word) or by_stem.get(keys.stems([word])[0]) or word

    return WORD.sub(named, text)


def _measured(text: str, table: LanguageTable) -> str:
    """The text with units in English behind their numbers, and what else is counted parted off."""
    behind = SIGN.sub(lambda match: f"{match[2]}{match[1]}", text)
    return _units(table).sub(lambda match: _amount(match[1], match[2], table), behind)


def _amount(number: str, unit: str, table: LanguageTable) -> str:
    # With a fraction no number is taken for a year.
    written = number if "." in number else f"{number}.0"
    return f"{written} {table.units.get(unit, unit)} "


@cache
def _units(table: LanguageTable) -> re.Pattern[str]:
    counters = table.clock("counters")
    known = table.pattern(list(table.units)).pattern
    more = f"|[{counters}]" if counters else ""
    return re.compile(rf"({NUMBER})\s?({known}{more})")
