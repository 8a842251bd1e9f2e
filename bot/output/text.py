"""Text made fit to print: shortened, counted, and without what would steer a terminal."""

import re
from datetime import datetime

# Documents come from anywhere: what would steer a terminal (escape sequences, bidirectional
# overrides) is not shown.
STEERING = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
ESCAPES = {code: f"\\u{code:04x}" for code in (*STEERING, 0x2028, 0x2029, *range(0xD800, 0xE000))}


def many(count: int, what: str) -> str:
    """A count of things, in the plural where it is not one."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def shortened(text: str, longest: int | None) -> str:
    """Text of at most `longest` characters, cut between words."""
    if longest is None or len(text) <= longest:
        return text
    cut = text[:longest].rsplit(maxsplit=1)[0]
    return f"{cut} …"


DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]")
# Characters of a document's own date: some say more than that there.
LONGEST_DATE = 40


def dated(date: str, title: str) -> str:
    """A document's own date for a citation, its day where it is to the second; "" where there is
    none, or its title says it already."""
    day = DAY.match(date)
    shown = day[1] if day else shortened(" ".join(date.split()), LONGEST_DATE)
    return "" if shown in title else shown


# Days of what is told in larger units from twice as many on.
UNITS = ((365, "year"), (30, "month"), (7, "week"))


def age(moment: str, now: datetime) -> str:
    """The time since a moment in ISO 8601, in words: "today", "3 days ago", "2 years ago"."""
    days = max(0, (now - datetime.fromisoformat(moment)).days)
    if not days:
        return "today"
    for length, unit in UNITS:
        if days >= 2 * length:
            return f"{many(days // length, unit)} ago"
    return f"{many(days, 'day')} ago"


def language_name(code: str, said_in: str = "en") -> str:
    """The name of a language by its ISO 639-1 code, as CLDR has it in another language."""
    # Imported here: few answers are in another language than their question.
    from babel import Locale

    return str(Locale.parse(said_in).languages.get(code, code))


def printable(text: str) -> str:
    """Text without what would steer a terminal."""
    return text.translate(STEERING)


def escaped(json: str) -> str:
    """JSON with what would steer a terminal, or can't be written at all, as JSON's own escapes."""
    return json.translate(ESCAPES)
