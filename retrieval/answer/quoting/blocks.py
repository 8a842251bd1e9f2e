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
    QUESTIONS = auto()
    LIST = auto()
    CODE = auto()
    ROW = auto()
    HEADING = auto()
    BACKGROUND = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, row, heading or block of code, by its offsets in the document; one in the
    background is no part of any quote, nor is a list of nothing but questions."""

    start: int
    end: int
    kind: Kind

    def __len__(self) -> int:
        return self.end - self.start


def blocks(passage: Passage) -> list[Block]:
    """The blocks of a passage, in order."""
    quotable = [(sentence.start, sentence.end) for sentence in passage.sentences]
    found = list[Block]()
    for start, end in _spans(passage.text):
        kind = _kind(passage, start, end, quotable)
        block = Block(passage.start + start, passage.start + end, kind)
        if found and _goes_on(passage, found[-1], block):
            found[-1] = Block(found[-1].start, block.end, Kind.LIST)
        else:
            found.append(block)
    return found


def _goes_on(passage: Passage, before: Block, block: Block) -> bool:
    """Return whether a block is more of the list before it: items of a line each with blank lines
    between them, or code that stands within an item and what comes after that."""
    if before.kind is not Kind.LIST:
        return False
    text = passage.slice(before.end, block.end)
    if not BLANK.match(text):
        return block.kind is Kind.LIST or text.lstrip("\n")[:1] in (" ", "\t")
    *_, last = BLANK.split(passage.slice(before.start, before.end))
    return block.kind is Kind.LIST and "\n" not in last and "\n" not in text.strip()


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
    return _kind_of_words(text)


def _kind_of_words(text: str) -> Kind:
    items = len(ITEM.findall(text))
    if items > 1 and all(ASKS.search(line) for line in text.split("\n")):
        return Kind.QUESTIONS
    if items > 1 or (ITEM.match(text) and not ASKS.search(text)):
        return Kind.LIST
    return Kind.QUESTION if ASKS.search(text) else Kind.PROSE
