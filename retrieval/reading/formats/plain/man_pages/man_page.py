"""Manual pages: told apart by the macros that they use, and read as `man` shows them."""

import re

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError, UnreadableError

from .man import Man
from .mdoc import Mdoc
from .roff import Roff

# What a page begins with: requests, and among the first of them the one that names it.
OPENING, OPENS_WITHIN = re.compile(r"\s*['.](?:\s*\\[\"#]|\s*[A-Za-z]|[ \t]*\n)"), 20_000
NAMING = re.compile(r"^[.']\s?(?:TH|Dd|so)\s", re.M)
MDOC = re.compile(r"^\.\s?(?:Dd|Dt|Sh)\b", re.M)
MAN = re.compile(r"^[.']\s?(?:TH|SH)\b", re.M)
POINTER = re.compile(r"\A(?:['.]\\\".*\n|\s*\n)*+\.so\s+(\S+)\s*\Z")


def looks_like_man(text: str) -> bool:
    """Return whether a text begins as a manual page does."""
    return bool(OPENING.match(text) and NAMING.search(text, 0, OPENS_WITHIN))


def read_man(text: str, gathering: Gathering) -> None:
    """Add the text of a manual page, whose first line says its name and date.

    Raises OtherFormatError for a text that has no heading of one, and UnreadableError for a page
    that only names another.
    """
    if pointer := POINTER.match(text):
        raise UnreadableError(
            "holds nothing but the name of another manual page, {page}. Add that one.",
            page=pointer[1][:60],
        )
    if MDOC.search(text):
        Mdoc(gathering, Roff()).read(text)
    elif MAN.search(text):
        Man(gathering, Roff()).read(text)
    else:
        raise OtherFormatError
