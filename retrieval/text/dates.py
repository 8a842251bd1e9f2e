"""Dates in digits, written out: a claim and a passage may each have their own way."""

import re
from collections.abc import Iterator

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
