"""A text → the blocks that a reader sees in it: paragraphs, headings, items, rows and code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import zip_longest

from retrieval.answer.quoting.blocks import FENCE
from retrieval.text.segmentation.paragraphs import (
    Piece,
    calmed,
    is_row,
    is_title,
    lines,
    paragraphs,
)

# What opens an item of a list, and the signs and the rule of a heading.
MARKER = re.compile(r"[ \t]*(?P<sign>[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
TITLE = re.compile(r"\s*(?:#{1,6}[ \t]+)?(?P<words>[^\n]*\S)")
# What a line ends with where the file breaks its lines after sentences or clauses.
STOPS = re.compile(r"[.!?;,…][\"'”’»)*_]*\s*\Z")
# The least characters that a file's lines are taken to have room for.
NARROWEST = 40


class Kind(Enum):
    """The kinds of blocks that are shown in different ways."""

    PROSE = auto()
    HEADING = auto()
    ITEM = auto()
    ROW = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading, item, row or block of code, by the offsets of its words.

    `sign` is what opens an item, `indent` how far in it stands; `apart` says that an empty line
    comes before it.
    """

    start: int
    end: int
    kind: Kind
    sign: str = ""
    indent: int = 0
    apart: bool = True


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, in order; all that can be seen stands in one of them."""
    end = 0
    for fence in [*FENCE.finditer(text), None]:
        yield from _outside_code(text, end, fence.start() if fence else len(text))
        if fence:
            yield Block(*fence.span(), Kind.CODE)
            end = fence.end()


def _outside_code(text: str, start: int, end: int) -> Iterator[Block]:
    calm = calmed(text[start:end])
    spans = paragraphs(calm)
    for first, last in spans:
        whole = calm[first:last]
        if is_row(whole):
            yield _block(text, start + first, start + last, Kind.ROW)
        elif is_title(whole) and start + last < len(text.rstrip()):
            yield _block(text, start + first, start + last, Kind.HEADING)
        else:
            yield from _lines(text, start, calm, first, last)


def _lines(text: str, shift: int, calm: str, first: int, last: int) -> Iterator[Block]:
    apart = True
    for piece in lines(calm, first, last):
        if not calm[piece.start : piece.end].strip():
            continue
        yield _line(text, piece, shift, apart)
        apart = False


def _line(text: str, piece: Piece, shift: int, apart: bool) -> Block:
    start, end = piece.start + shift, piece.end + shift
    if piece.heading and (title := TITLE.match(text, start, end)):
        return Block(*title.span("words"), Kind.HEADING, apart=apart)
    if marker := MARKER.match(text, start, end):
        indent = marker.start("sign") - start
        return _block(text, marker.end(), end, Kind.ITEM, marker["sign"], indent, apart)
    return _block(text, start, end, Kind.PROSE, apart=apart)


def _block(
    text: str,
    start: int,
    end: int,
    kind: Kind,
    sign: str = "",
    indent: int = 0,
    apart: bool = True,
) -> Block:
    """A block, without the white space around its words."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return Block(first, first + len(words.strip()), kind, sign, indent, apart)


def flowing(text: str) -> str:
    """The text of a paragraph with a space for each line end that is only the file's.

    A line end stays where the file had room for the next word, which is no word within a sentence,
    and no clause ends there: lines of an address, or of a list without signs. No character moves.
    """
    rows = text.splitlines(keepends=True)
    widest = max([NARROWEST, *(len(row.rstrip()) for row in rows)])
    flown = ""
    for row, following in zip_longest(rows, rows[1:], fillvalue=""):
        word = (following.split(maxsplit=1) or [""])[0]
        fits = len(row.strip()) + 1 + len(word) <= widest
        meant = fits and not word[:1].islower() and not STOPS.search(row)
        kept = row.rstrip("\r\n")
        ending = len(row) - len(kept)
        flown += kept + ("\n".rjust(ending) if meant and ending else " " * ending)
    return flown
