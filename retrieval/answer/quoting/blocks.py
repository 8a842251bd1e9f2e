"""The blocks of a passage: its paragraphs, questions, lists, rows, headings and code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from retrieval.reading.formats.registry import BACKGROUND
from retrieval.types import Passage

FENCE = re.compile(r"^[ \t]*```[^\n]*\n.*?(?:^[ \t]*```[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
# A fence that ends code: nothing stands behind it, and a blank line or the end below it.
CLOSES = re.compile(r"^[ \t]*```[ \t]*(?=\n[ \t]*(?:\n|\Z)|\Z)", re.MULTILINE)
BLANK = re.compile(r"\n[ \t]*\n\s*")
ITEM = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,3}[.)]|[A-Za-z][.)])[ \t]+\S", re.MULTILINE)
ASKS = re.compile(r"\?[\"”’»)*_]*\s*\Z")
ANNOUNCES = re.compile(r":[\"”’»)*_]*\s*\Z")
ROW = re.compile(r"[^\n]* · [^\n]*")


class Kind(Enum):
    """The kinds of blocks that a text is made of."""

    PROSE = auto()
    QUESTION = auto()
    LIST = auto()
    CODE = auto()
    ROW = auto()
    HEADING = auto()
    BACKGROUND = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, row, heading or block of code, by its offsets in the document; one in the
    background is no part of any quote."""

    start: int
    end: int
    kind: Kind

    def __len__(self) -> int:
        return self.end - self.start


def blocks(passage: Passage) -> list[Block]:
    """The blocks of a passage, in order."""
    quotable = [(sentence.start, sentence.end) for sentence in passage.sentences]
    return [
        Block(passage.start + start, passage.start + end, _kind(passage, start, end, quotable))
        for start, end in _spans(passage.text)
    ]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs and blocks of code; in code, blank lines part nothing."""
    fences = list(_fenced(text))
    edges = [(0, 0), *fences, (len(text), len(text))]
    for (_, after), (before, end) in pairwise(edges):
        position = after
        for gap in [*BLANK.finditer(text, after, before), None]:
            stop = gap.start() if gap else before
            begin = position + len(text[position:stop]) - len(text[position:stop].lstrip())
            if begin < stop and text[begin:stop].strip():
                yield begin, begin + len(text[begin:stop].rstrip())
            position = gap.end() if gap else stop
        if before < end:
            yield before, end


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """The spans of code; a passage may begin in the midst of it."""
    opening, closing = FENCE.search(text), CLOSES.search(text)
    begun = closing.end() if opening and closing and opening.start() == closing.start() else 0
    if begun:
        yield 0, begun
    yield from (match.span() for match in FENCE.finditer(text, begun))


def _kind(passage: Passage, start: int, end: int, quotable: Sequence[tuple[int, int]]) -> Kind:
    text = passage.text[start:end]
    first, last = passage.start + start, passage.start + end
    if [number for at, number in passage.rows if at <= first][-1:] == [BACKGROUND]:
        return Kind.BACKGROUND
    if text.lstrip().startswith("```") or text.endswith("```"):
        return Kind.CODE
    if not any(s < last and first < e for s, e in quotable):
        return Kind.HEADING
    if ROW.fullmatch(text):
        return Kind.ROW
    if len(ITEM.findall(text)) > 1 or ITEM.match(text):
        return Kind.LIST
    return Kind.QUESTION if ASKS.search(text) else Kind.PROSE
