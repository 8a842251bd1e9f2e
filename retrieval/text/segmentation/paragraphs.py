"""A text → its paragraphs, and in them the lines that open something new, such as list items."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class KnownLayout:
    """The known layout of a text, as offsets: where headings and rows of tables begin.

    `complete` says that there are no other headings.
    """

    headings: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()
    complete: bool = False


class Piece(NamedTuple):
    """A part of one paragraph: lines that belong together, and later a sentence of them."""

    start: int
    end: int
    heading: bool = False
    body: int = 0  # where the words begin, after a list marker


LONGEST_TITLE = 80  # characters of a line that is a title only by standing alone
BETWEEN_CELLS = " · "  # as tables are stored
SAID_BY = re.compile(r"[^\n:]{1,80}, \d{4}-\d\d-\d\d(?: \(|: )")  # as messages of a chat are stored
CODE = "\ue000"  # takes the place of whatever can be seen in code, where no rule of prose holds
ODD = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | dict.fromkeys((0x2028, 0x2029), "\n")
VISIBLE = re.compile(r"\S")
LETTER = re.compile(r"[^\W\d_]")
PARAGRAPH = re.compile(r"^[^\S\n]*+\S(?s:.*?)(?=\n\s*\n|\Z)", re.MULTILINE)
FENCED = re.compile(r"^[ \t]*```[^`\n]*$(?s:.*?)\n[ \t]*```.*", re.MULTILINE)
UNDERLINED = re.compile(
    r"(?:[ \t]*([=\-~^\"':#*+._])\1{2,}[ \t]*\n)?"
    r"[ \t]*(?P<title>(?![-*+•>|#]\s)(?=.*[^\W_]).{1,120})\n"
    r"[ \t]*(?P<rule>([=\-~^\"':#*+._])\4{2,})[ \t]*$",
    re.MULTILINE,
)
OPENING_LINE = re.compile(
    rf"""^[ \t]*(?:
        (?P<title>\#{{1,6}}[ \t].*)
      | (?P<code>{CODE}.*(?:\n[ \t]*{CODE}.*)*)
      | (?P<marker>(?:[-*+•]|(?P<count>\d{{1,3}})[.)]|[A-Za-z]\))[ \t]+)(?=\S)
      | \|.*\|[ \t]*$
      | ```
      | >.*(?:\n[ \t]*>[ \t]*[a-z].*)*  # a quotation wrapped in mid-sentence stays whole
    )""",
    re.MULTILINE | re.VERBOSE,
)


def paragraphs(calm: str) -> list[tuple[int, int]]:
    """The spans of a calmed text's paragraphs, which blank lines part."""
    return [block.span() for block in PARAGRAPH.finditer(calm)]


def calmed(text: str) -> str:
    """The text, character for character, with plain line ends and code made mute."""
    calm = text.translate(ODD).replace("\r\n", " \n").replace("\r", "\n")
    return FENCED.sub(lambda code: VISIBLE.sub(CODE, code[0]), calm)


def lines(calm: str, start: int, end: int) -> Iterator[Piece]:
    """A paragraph, parted where a line opens something new: a mere line end is a soft wrap."""
    opened = [*_openings(calm, start, end), Piece(end, end)]
    for piece, following in pairwise(opened):
        yield piece._replace(end=following.start)


def _openings(calm: str, start: int, end: int) -> Iterator[Piece]:
    if title := _underlined_title(calm, start, end):
        yield title
        start = title.end
    yield Piece(start, end)
    listing = False
    for line in OPENING_LINE.finditer(calm, start, end):
        # A wrapped line of prose may begin with a number: a list counts from one, or goes on.
        if line["count"] in (None, "0", "1") or listing or line.start() == start:
            yield Piece(line.start(), end, bool(line["title"]), line.end("marker"))
            listing = True
        if line["title"] or line["code"]:
            yield Piece(line.end(), end)


def _underlined_title(calm: str, start: int, end: int) -> Piece | None:
    match = UNDERLINED.match(calm, start, end)
    if match and (match["rule"][0] in "=-" or len(match["rule"]) >= len(match["title"].rstrip())):
        return Piece(start, match.end(), True)
    return None


def is_title(paragraph: str) -> bool:
    """Return whether a whole paragraph reads as a title, as in text exported from a page."""
    short = "\n" not in paragraph and len(paragraph.strip()) <= LONGEST_TITLE
    if not short or not LETTER.search(paragraph):
        return False
    if OPENING_LINE.match(paragraph) or SAID_BY.match(paragraph):
        return False
    return paragraph.rstrip().rstrip("\"'”’»)]")[-1] not in ".!?…:;,>。！？｡।॥۔؟"


def is_row(paragraph: str) -> bool:
    """Return whether a whole paragraph is a stored row of a table: "Item: tea · Price: £4"."""
    if BETWEEN_CELLS not in paragraph or "\n" in paragraph.strip():
        return False
    cells = paragraph.split(BETWEEN_CELLS)
    return 2 * sum(": " in cell for cell in cells) >= len(cells)
