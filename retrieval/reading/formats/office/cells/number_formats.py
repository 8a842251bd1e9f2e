"""Excel's number formats: they turn the value of a cell into the text that it shows.

A format has up to four sections (ECMA-376, part 1, 18.8.31): for positive numbers, negative ones,
zero, and text.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import groupby

from .date_formats import is_date, show_date
from .format_tokenizer import Code, codes_of

PLACES = "0#?"
GENERAL = "General"
MOST_SECTIONS, TEXT_SECTION = 4, 3
MOST_DECIMALS, MOST_DENOMINATOR_DIGITS = 30, 5
SHOWN_DIGITS = 10  # of a number with decimals that has no format of its own
WHOLE_BELOW, MOST = 1e15, 1e307
EXACT = Context(prec=400, rounding=ROUND_HALF_UP)  # digits: a double may have 308 before the point
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The sections of a format; days are counted from 1904 in some books."""

    sections: tuple[tuple[Code, ...], ...]
    since_1904: bool = False

    def show(self, value: float) -> str:
        """A number as the cell shows it; none that is past counting."""
        if not abs(value) <= MOST:
            return ""
        section, signed = self._section(value)
        if is_date(section):
            return show_date(section, value, self.since_1904) or general(value)
        shown = _show_number(section, abs(value)) if section else ""
        # What is rounded to zero has no sign.
        minus = signed and value < 0 and any(digit in "123456789" for digit in shown)
        return f"-{shown}" if minus else shown

    def show_text(self, text: str) -> str:
        """A text as the cell shows it."""
        for section in self.sections[TEXT_SECTION:] or self.sections:
            if len(self.sections) > TEXT_SECTION or any(code.kind == "text" for code in section):
                said = (text if code.kind == "text" else code.said for code in section)
                return "".join(said)
        return text

    def _section(self, value: float) -> tuple[tuple[Code, ...], bool]:
        """The section that a number is shown by, and whether it has to show the minus."""
        numbers = self.sections[:TEXT_SECTION]
        conditions = [_condition(section) for section in numbers]
        if any(conditions):
            for section, condition in zip(numbers, conditions, strict=True):
                if condition is None or _holds(value, *condition):
                    return section, True
            return numbers[-1], True
        if value < 0 and numbers[1:]:
            return numbers[1], False
        if value == 0 and numbers[2:]:
            return numbers[2], False
        return numbers[0], True


def parse_format(text: str, since_1904: bool = False) -> NumberFormat:
    """A format from its code, such as `0.0%` or `[$€-407]#,##0.00;[Red]-0`."""
    sections: list[list[Code]] = [[]]
    for code in codes_of(text):
        if code.kind == "section":
            sections.append([])
        else:
            sections[-1].append(code)
    return NumberFormat(tuple(map(tuple, sections[:MOST_SECTIONS])), since_1904)


def general(value: float) -> str:
    """A number as a cell without a format shows it."""
    if float(value).is_integer() and abs(value) < WHOLE_BELOW:
        return str(int(value))
    short = f"{value:.{SHOWN_DIGITS}g}"
    return f"{value:.15g}" if "e" in short else short


def _condition(section: tuple[Code, ...]) -> tuple[str, float] | None:
    found = (CONDITION.fullmatch(code.text) for code in section if code.kind == "bracket")
    match = next(filter(None, found), None)
    return (match[1], float(match[2])) if match else None


def _holds(value: float, sign: str, bound: float) -> bool:
    return {
        "<": value < bound,
        ">": value > bound,
        "=": value == bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "<>": value != bound,
    }[sign]


def _show_number(section: tuple[Code, ...], value: float) -> str:
    if any(code.kind == "text" for code in section):
        return general(value)
    places = [at for at, code in enumerate(section) if code.kind in ("place", "general")]
    if not places:
        return "".join(code.said for code in section).strip()
    first, last = places[0], max(places[-1], _denominator_end(section))
    before = "".join(code.said for code in section[:first])
    after = "".join(code.said for code in section[last + 1 :] if code.kind != "comma")
    body = _show_body(section, list(section[first : last + 1]), value)
    return f"{before}{body}{after}".strip()


def _denominator_end(section: tuple[Code, ...]) -> int:
    """The last place of a fraction whose denominator is given, as in `# ?/8`, or 0."""
    ends = [at for at, code in enumerate(section) if code.kind == "digit"]
    return ends[-1] if ends and any(code.kind == "slash" for code in section[: ends[-1]]) else 0


def _show_body(section: tuple[Code, ...], body: list[Code], value: float) -> str:
    if body[0].kind == "general":
        return general(value)
    percents = sum(code.kind == "percent" for code in section)
    commas = 0
    last = max(at for at, code in enumerate(section) if code.kind == "place")
    for code in section[last + 1 :]:
        if code.kind != "comma":
            break
        commas += 1
    exact = EXACT.create_decimal(f"{value:.15g}").scaleb(2 * percents - 3 * commas, EXACT)
    if any(code.kind == "slash" for code in body):
        return _fraction(body, exact)
    if any(code.kind == "exponent" for code in body):
        return _scientific(body, exact)
    return _decimal(body, exact)


def _decimal(body: list[Code], value: Decimal) -> str:
    point = next((at for at, code in enumerate(body) if code.kind == "point"), len(body))
    whole, decimals = body[:point], [code for code in body[point:] if code.kind == "place"]
    count = min(len(decimals), MOST_DECIMALS)
    rounded = value.quantize(Decimal(1).scaleb(-count), context=EXACT)
    digits, _, rest = f"{rounded:f}".partition(".")
    least = sum(code.text == "0" for code in decimals)
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    shown = _whole(whole, "" if digits == "0" else digits)
    return f"{shown}.{rest}" if rest else shown


def _whole(codes: list[Code], digits: str) -> str:
    """The digits before the point, on their places; those left over stand on the first."""
    places = [code.text for code in codes if code.kind == "place"]
    least = max((len(places) - at for at, place in enumerate(places) if place == "0"), default=0)
    digits = digits.rjust(least, "0")
    if any(code.kind == "comma" for code in codes):
        return "" if not digits else f"{int(digits):0{least + (least - 1) // 3},}"
    said: list[str] = []
    for code in reversed(codes):
        if code.kind == "place":
            said.append(digits[-1:])
            digits = digits[:-1]
        elif digits:
            said.append(code.said)
    return digits + "".join(reversed(said))


def _fraction(body: list[Code], value: Decimal) -> str:
    slash = next(at for at, code in enumerate(body) if code.kind == "slash")
    groups = [kind for kind, _ in groupby(body[:slash], lambda code: code.kind) if kind == "place"]
    below = "".join(code.text for code in body[slash + 1 :] if code.kind in ("place", "digit"))
    if below.isdecimal() and int(below[:9]):
        denominator = int(below[:9])
        told = EXACT.multiply(value, Decimal(denominator)).quantize(Decimal(1), context=EXACT)
        over = int(told)
    else:
        most = 10 ** min(len(below), MOST_DENOMINATOR_DIGITS) - 1
        nearest = Fraction(value).limit_denominator(most)
        over, denominator = nearest.numerator, nearest.denominator
    if not groups[1:]:
        return f"{over}/{denominator}"
    whole, over = divmod(over, denominator)
    return (
        " ".join(filter(None, (str(whole or ""), f"{over}/{denominator}" if over else ""))) or "0"
    )


def _scientific(body: list[Code], value: Decimal) -> str:
    at = next(at for at, code in enumerate(body) if code.kind == "exponent")
    point = next((at for at, code in enumerate(body) if code.kind == "point"), at)
    step = max(sum(code.kind == "place" for code in body[: min(point, at)]), 1)
    exponent = (value.adjusted() // step) * step if value else 0
    shown = _decimal(body[:at], value.scaleb(-exponent, EXACT))
    width = sum(code.kind == "place" for code in body[at:])
    sign = "-" if exponent < 0 else body[at].text[1:].replace("-", "")
    return f"{shown}E{sign}{abs(exponent):0{min(width, 9)}d}"
