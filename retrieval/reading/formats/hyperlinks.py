"""Hyperlinks of a text that is being read: marks around their words, until it is put together.

Between a file's elements and the stored text, words are moved, joined and trimmed in many ways.
Marks go with them, so that nobody has to follow the offsets: characters for private use, which no
rule about words, signs or spaces touches.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

BYTES = 0x10F000  # stands for the byte 0 of an address; the next 255 for the others
OPENING, MIDDLE, END = (chr(BYTES + 256 + n) for n in range(3))
MARKS = "".join(map(chr, range(BYTES, BYTES + 259)))
MARK = re.compile(f"[{MARKS[0]}-{MARKS[-1]}]+")
HYPERLINK = re.compile(
    f"{OPENING}(?P<words>[^{MARKS[0]}-{MARKS[-1]}]*)"
    f"{MIDDLE}(?P<address>[{MARKS[0]}-{MARKS[255]}]+){END}"
)
HAS_WORDS = re.compile(r"\w")
LONGEST = 1000  # bytes of an address
# What an address begins with that leads to a page or a file, not to a heading of the same page, a
# letter, a call or a script. One without a scheme is relative to where the document stands.
WHOLE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
LEADS_ELSEWHERE = re.compile(r"https?://[^\s/]|(?![a-z][a-z\d+.-]*:|#)\S", re.IGNORECASE)

Hyperlink = tuple[int, int, str]


def closing(address: str, whole: bool = False) -> str:
    """The marks that end the words of a hyperlink, after an OPENING; "" where it leads nowhere,
    or, if it must be `whole`, where it is relative."""
    address = address.strip()
    if not (WHOLE if whole else LEADS_ELSEWHERE).match(address):
        return ""
    data = quote(address, safe="!#$%&'()*+,/:;=?@[]~-._").encode()
    if len(data) > LONGEST:
        return ""
    return "".join([MIDDLE, *(chr(BYTES + byte) for byte in data), END])


def linked(words: str, address: str) -> str:
    """Words with the marks of the address that they lead to; as they are where they say it."""
    end = closing(address) if HAS_WORDS.search(words) and words.strip() != address.strip() else ""
    return with_ending(with_opening(words), end) if end else words


def with_opening(words: str) -> str:
    """Words with the mark that begins a hyperlink; white space is folded as if it were not there,
    so the mark stands behind it."""
    begin = len(words) - len(words.lstrip())
    return f"{words[:begin]}{OPENING}{words[begin:]}"


def with_ending(words: str, end: str) -> str:
    """Words with the marks that end a hyperlink, before the white space that they end in."""
    kept = len(words.rstrip())
    return f"{words[:kept]}{end}{words[kept:]}"


def mark_hyperlinks(body: Any, passed_over: Callable[[Any], bool]) -> None:
    """Put marks around the words of each link of a page, but in what is passed over, such as code.

    `body` is an element of lxml.
    """
    for link in body.iter("a"):
        said = [text for text in link.xpath(".//text()[not(ancestor::sup)]") if text.strip()]
        address = (link.get("href") or "").strip()
        words = "".join(said)
        if not HAS_WORDS.search(words) or words.strip() == address:
            continue
        if (end := closing(address)) and not any(map(passed_over, link.iterancestors())):
            _say_anew(said[0], with_opening(said[0]))
            # What is said first may be what is said last.
            last = said[-1] if said[1:] else with_opening(said[0])
            _say_anew(said[-1], with_ending(last, end))


def _say_anew(text: Any, words: str) -> None:
    """Replace a text that lxml found in a tree."""
    if text.is_tail:
        text.getparent().tail = words
    else:
        text.getparent().text = words


def unmarked(text: str) -> str:
    """The text without marks."""
    return MARK.sub("", text) if not text.isascii() else text


def take_out(text: str) -> tuple[str, tuple[Hyperlink, ...]]:
    """The text without marks, and where in it the words of hyperlinks begin and end, with their
    addresses. Marks that lost their other half are dropped."""
    if OPENING not in text and not MARK.search(text):
        return text, ()
    pieces: list[str] = []
    found: list[Hyperlink] = []
    length = at = 0
    for match in HYPERLINK.finditer(text):
        before, words = unmarked(text[at : match.start()]), match["words"]
        pieces += before, words
        start = length + len(before)
        length = start + len(words)
        stripped = words.strip()
        first = start + len(words) - len(words.lstrip())
        # A link around several blocks, such as a card, has no words of its own.
        if stripped and "\n\n" not in stripped:
            found.append((first, first + len(stripped), _address(match["address"])))
        at = match.end()
    return "".join([*pieces, unmarked(text[at:])]), tuple(found)


def _address(marks: str) -> str:
    return bytes(ord(mark) - BYTES for mark in marks).decode("ascii", "replace")
