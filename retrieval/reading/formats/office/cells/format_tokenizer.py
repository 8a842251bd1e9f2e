"""Split an Excel number format into its codes: places, literals, dates, brackets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_FORMAT = 255  # characters, as in Excel
CODE = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
  | \\(?P<escaped>.)
  | _(?P<padding>.)
  | \*(?P<filling>.)
  | \[(?P<bracket>[^\]]*)\]
  | (?P<half>AM/PM|A/P|上午/下午)
  | (?P<general>General|Standard)
  | (?P<exponent>E[+-])
  | (?P<date>y+|m+|d+|h+|s+|e+|g+|b+)
  | (?P<place>[0#?])
  | (?P<point>\.)
  | (?P<comma>,)
  | (?P<percent>%)
  | (?P<slash>/)
  | (?P<text>@)
  | (?P<section>;)
  | (?P<digit>[1-9])
  | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?", re.DOTALL)
SAYS_ITSELF = ("quoted", "escaped", "other", "digit", "percent", "slash", "comma", "point")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a kind, and what it says by itself: a literal its text, a place nothing."""

    kind: str
    text: str

    @property
    def said(self) -> str:
        """The text that stands in the cell in place of the code, whatever the value."""
        if self.kind in SAYS_ITSELF:
            return self.text
        if self.kind == "bracket" and (currency := CURRENCY.fullmatch(self.text)):
            return currency[1]
        return ""


def codes_of(text: str) -> Iterator[Code]:
    """The codes of a format, in order."""
    for match in CODE.finditer(text[:LONGEST_FORMAT]):
        kind = match.lastgroup or "other"
        yield Code(kind, match[kind])
