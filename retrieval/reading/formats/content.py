"""The content of a file, its text in parts with headings and rows, and the gathering of it.

Readers put what they come upon into a `Gathering`, which tidies it, and stops them where it becomes
too much.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import errors
from .hyperlinks import Hyperlink, take_out, unmarked
from .registry import BACKGROUND, IN_PICTURE, SAID

BETWEEN_BLOCKS = "\n\n"
LONGEST_TITLE, LONGEST_FACT = 200, 300  # characters
# Bytes, about, that a heading or a row costs beside its text when it is handed on.
OVERHEAD = 24
SURROGATE = re.compile("[\ud800-\udfff]")
BLANK_LINES = re.compile("\n{3,}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Control characters go, but for tabs and what ends a line.
CONTROL = dict.fromkeys([*range(32), 127]) | {9: "\t"} | dict.fromkeys((10, 11, 12), "\n")
CONTROL |= dict.fromkeys((0x85, 0x2028, 0x2029), "\n")

# Never seen: places where a word may be parted, and characters without width that keep words
# together or apart. Not those that join letters (in Persian, say) or parts of an emoji.
UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF, 0x180E))
# Letters that a typesetter has joined are the letters that they are read as.
LIGATURES = dict(zip(range(0xFB00, 0xFB07), "ff fi fl ffi ffl st st".split(), strict=True))
LONGEST_LIGATURE = max(map(len, LIGATURES.values()))
TYPESET: dict[int, str | None] = {**UNSEEN, **LIGATURES}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level (1 the highest), and the character of its part's text where it begins.

    Its title need not stand in the text: a sheet's name, say, heads all of the sheet.
    """

    start: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """A page, slide, sheet or chapter, or all there is; never empty.

    `page` is the number of a page or slide. `rows` are those of a table, each as the character of
    the text where it begins and its number in the file, the first being 1. A part that was read
    from a picture has one row, whose number is IN_PICTURE; what begins at a row with the number
    BACKGROUND is never quoted, up to the next one. `links` are addresses at which people can open
    what begins at a character of the text: a message, say. `hyperlinks` are those that a reader
    sees in the text: the first character of their words, the one after the last, and an address,
    which may be relative to where the document stands.
    """

    text: str
    page: int | None = None
    headings: tuple[Heading, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()
    links: tuple[tuple[int, str], ...] = ()
    hyperlinks: tuple[Hyperlink, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a file; facts that it doesn't tell of itself are "".

    `kind` is that of a format in the registry; `date` is as the file has it, ISO 8601 where that
    could be told; `unread` are pages left out because they are broken.
    """

    kind: str
    parts: tuple[Part, ...]
    title: str = ""
    author: str = ""
    date: str = ""
    unread: tuple[int, ...] = ()


class Gathering:
    """The parts of a file, and in them blocks of text, headings and rows.

    `title`, `author` and `date` are what the file says of itself, `unread` its broken pages; `file`
    is its name, or "". `recognise` says that the text in pictures may be read, which takes memory
    and time. All that adds text raises UnreadableError once it is more than `most` bytes.
    """

    def __init__(self, most: int, file: str = "", recognise: bool = False) -> None:
        self.file, self.recognise = file, recognise
        self.title = self.author = self.date = ""
        self.unread: list[int] = []
        self.most, self._left = most, most
        self._parts = [_Open()]

    def begin_part(self, page: int | None = None) -> None:
        """Begin a page, slide, sheet or chapter; without text it comes to nothing."""
        self._parts.append(_Open(page))

    def mark_picture(self) -> None:
        """Note that the part which was begun is read from a picture."""
        self._parts[-1].rows.append((0, IN_PICTURE))

    def mark_background(self, background: bool = True) -> None:
        """Note that what comes next is never quoted, or that it may be."""
        self._parts[-1].rows.append((self._parts[-1].length, BACKGROUND if background else SAID))

    def add_text(self, text: str, level: int = 0) -> None:
        """Add a block of text, which is a heading if it has a level."""
        block = one_line(text, LONGEST_LIGATURE * len(text)) if level else tidy(text)
        if unmarked(block).strip():
            if level:
                self.add_heading(block, level)
            self._add(block)

    def add_heading(self, title: str, level: int, ahead: int = 0) -> None:
        """Note a heading over what comes next, or `ahead` characters behind where that begins."""
        if folded := one_line(unmarked(title)):
            self._pay(len(folded.encode()) + OVERHEAD)
            part = self._parts[-1]
            part.headings.append(Heading(part.length + ahead, level, folded))

    def add_row(self, text: str, number: int) -> None:
        """Add a row of a table as a block."""
        if block := one_line(text, LONGEST_LIGATURE * len(text)):
            self._pay(OVERHEAD)
            self._parts[-1].rows.append((self._parts[-1].length, number))
            self._add(block)

    def add_laid_out(self, text: str, headings: Sequence[Heading] = ()) -> None:
        """Add text that is tidy and laid out, with the headings in it, counted without the marks of
        hyperlinks."""
        for heading in headings:
            self.add_heading(heading.title, heading.level, heading.start)
        if text:
            # Where headings stand is counted in the text as it is.
            self._add(text if headings else without_unseen(text))

    def add_link(self, address: str) -> None:
        """Note the address at which people can open what comes next."""
        self._pay(len(address.encode()) + OVERHEAD)
        self._parts[-1].links.append((self._parts[-1].length, address))

    def _add(self, block: str) -> None:
        self._pay(len(block.encode()) + len(BETWEEN_BLOCKS))
        part = self._parts[-1]
        part.blocks.append(block)
        part.length += len(unmarked(block)) + len(BETWEEN_BLOCKS)

    def _pay(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise errors.too_much_text(self.most)

    def first_heading(self, level: int) -> str:
        """The title of the first heading of a level, or ""."""
        found = (each for part in self._parts for each in part.headings if each.level == level)
        return next((heading.title for heading in found), "")

    def text(self) -> str:
        """Return what was added so far, without a break between parts."""
        return unmarked(self.marked_text())

    def marked_text(self) -> str:
        """Return what was added so far, with the marks of hyperlinks, to be added elsewhere."""
        return BETWEEN_BLOCKS.join(block for part in self._parts for block in part.blocks)

    def content(self, kind: str) -> Content:
        """All that was gathered. Raises UnreadableError where there is no text."""
        parts = (part.closed() for part in self._parts)
        kept = tuple(part for part in parts if part.text.strip())
        if not kept:
            raise errors.empty()
        facts = map(unmarked, (self.title, self.author, self.date))
        title, author, date = (one_line(fact, LONGEST_FACT) for fact in facts)
        day = DAY.match(date)
        return Content(kind, kept, title, author, day[0] if day else date, tuple(self.unread))


@dataclass(slots=True)
class _Open:
    """A part that is being read."""

    page: int | None = None
    blocks: list[str] = field(default_factory=list)
    length: int = 0
    headings: list[Heading] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)

    def closed(self) -> Part:
        text, hyperlinks = take_out(BETWEEN_BLOCKS.join(self.blocks))
        # A heading without anything under it has no place in the text.
        kept = tuple(heading for heading in self.headings if heading.start < len(text))
        links = tuple(link for link in self.links if link[0] < len(text))
        rows = tuple(row for row in self.rows if row[0] < max(1, len(text)))
        return Part(text, self.page, kept, rows, links, hyperlinks)


def tidy(text: str) -> str:
    """The text with plain line ends and one blank line at most; no white space ends a line."""
    clean = without_unseen(text.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROL))
    lines = "\n".join(line.rstrip() for line in SURROGATE.sub("\ufffd", clean).split("\n"))
    return BLANK_LINES.sub(BETWEEN_BLOCKS, lines.strip("\n"))


def without_unseen(text: str) -> str:
    """The text without soft hyphens, ligatures and characters without width."""
    return text if text.isascii() else text.translate(TYPESET)


def one_line(text: str, most: int = LONGEST_TITLE) -> str:
    """The text on one line, of `most` characters at most."""
    # Cut before it is tidied as well: it may be far longer.
    return " ".join(tidy(text[: most * 4]).split())[:most].rstrip()


def read_plain(text: str, gathering: Gathering) -> None:
    """Add a plain text as it is."""
    gathering.add_laid_out(text)
