"""The format of an evaluation's numbers: shares, times and counts, on the terminal and the page."""

from typing import Literal

Unit = Literal["share", "count", "characters", "ms", "a second"]


def write_number(value: float, unit: Unit) -> str:
    """A figure for people: "0.873", "1,204" or "12.5 ms"."""
    match unit:
        case "share":
            return write_share(value)
        case "ms":
            return write_milliseconds(value)
        case "a second":
            return f"{value:,.1f}"
        case _:
            return f"{value:,.0f}"


def write_change(change: float, unit: Unit) -> str:
    """The difference between two figures, with its sign; "±0" where it can't be seen."""
    written = write_number(abs(change), unit)
    if written == write_number(0, unit):
        return "±0"
    return f"{'+' if change > 0 else '−'}{written}"


def write_share(share: float) -> str:
    """A share of the questions: "0.873"."""
    return f"{share:.3f}"


def write_milliseconds(milliseconds: float) -> str:
    """A time: "1,012.5 ms"."""
    return f"{milliseconds:,.1f} ms"
