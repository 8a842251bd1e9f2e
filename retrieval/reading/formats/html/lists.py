"""Lists in a page: the marks that a browser sets before their items."""

from dataclasses import dataclass
from typing import Any

from retrieval.text.numbers import roman

INDENT = "  "
LARGEST = 10**9


@dataclass(slots=True)
class OpenList:
    """A list that is open: its next number, if it counts, and the mark that is still to be set."""

    indent: str
    number: int | None = None
    step: int = 1
    style: str = "1"
    marker: str = ""
    # One whose items have headings is a row of sections.
    sections: bool = False

    def begin_item(self, item: Any) -> None:
        """Set the mark of the item that begins."""
        if self.number is None:
            self.marker = "" if self.sections else "- "
            return
        given = whole_number(item.get("value"))
        self.number = self.number if given is None else given
        self.marker = f"{_counted(self.number, self.style)}. "
        self.number += self.step

    def margin(self) -> str:
        """The indentation of what stands in an item."""
        return self.indent + INDENT


def opened(element: Any, around: list[OpenList]) -> OpenList:
    """A list, inside those around it."""
    sections = any(
        each.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        for item in element.iterchildren("li")
        for each in item.iterchildren()
    ) and not any(not each.sections for each in around)
    outer = [each for each in around if not each.sections]
    found = OpenList(outer[-1].margin() if outer else "", sections=sections)
    if element.tag == "ol":
        backwards = element.get("reversed") is not None
        count = sum(1 for _ in element.iterchildren("li"))
        start = whole_number(element.get("start"))
        found.number = start if start is not None else count if backwards else 1
        found.step = -1 if backwards else 1
        found.style = element.get("type") or "1"
    return found


def whole_number(text: str | None) -> int | None:
    """The number that an attribute gives, if it is one."""
    digits = (text or "").strip()
    if not digits.lstrip("-").isdecimal() or len(digits) > len(str(LARGEST)):
        return None
    try:
        return int(digits)
    except ValueError:
        return None


def _counted(number: int, style: str) -> str:
    if style in "aA" and number > 0:
        letters = ""
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(ord("a") + letter) + letters
        return letters.upper() if style == "A" else letters
    if style in "iI":
        return roman(number).upper() if style == "I" else roman(number)
    return str(number)
