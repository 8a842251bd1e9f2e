"""The unit of a text to quote for a sentence: what a reader needs to make sense of it.

An FAQ's answer comes with its question, a list with the line that announces it, code whole, a
table's row by itself, and a sentence of prose with as much of its paragraph as there is room for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from retrieval.text.identifiers import held_by, identifiers
from retrieval.types import Passage

from .blocks import ANNOUNCES, ITEM, Block, Kind, blocks

# The characters that a quote grows to, and those that a list, steps or code may have.
ENOUGH, MOST = 600, 700
# A line that stands over what follows and is no sentence, or that opens a list or a block of code.
LONGEST_LEAD = 200
# What begins something else.
BEGINS_ANEW = (Kind.HEADING, Kind.QUESTION, Kind.QUESTIONS)
# What points back at the sentence before.
POINTS_BACK = re.compile(
    r"(?:This|That|These|Those|It|Its|They|Them|Their|He|She|His|Her|Such|Both|Neither|Either|So|Then"
    r"|Otherwise|However|But|And|Or|Also|Instead|Therefore|Thus)\b|\(\d+\)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a document to quote; `kind` is the kind of block its sentence stands in."""

    start: int
    end: int
    kind: Kind

    def __len__(self) -> int:
        return self.end - self.start

    def __or__(self, other: "Unit") -> "Unit":
        """Both together."""
        return Unit(min(self.start, other.start), max(self.end, other.end), self.kind)


def unit_of(passage: Passage, start: int, end: int) -> Unit | None:
    """The unit for a sentence of a passage; None for a question that nothing answers there."""
    found = blocks(passage)
    at = next((n for n, block in enumerate(found) if block.start <= start < block.end), None)
    if at is None:
        return Unit(start, end, Kind.PROSE)
    block = found[at]
    if block.kind is Kind.ROW:
        return Unit(start, end, Kind.ROW)
    if block.kind is Kind.QUESTIONS:
        return None
    first, last = _grown(passage, found, at, start, end)
    if block.kind is Kind.QUESTION and last == block.end:
        return None
    return Unit(first, last, block.kind)


def _grown(
    passage: Passage, found: Sequence[Block], at: int, start: int, end: int
) -> tuple[int, int]:
    """The span that holds a sentence and what belongs to it."""
    block = found[at]
    if block.kind is Kind.LIST:
        start, end = _items(passage, block, start, end)
    elif block.kind is Kind.CODE and len(block) <= MOST:
        start, end = block.start, block.end
    elif block.kind is Kind.PROSE:
        start = _antecedent(passage, block, start, end)
    if end == block.end:
        end = _announced(passage, found, at, start)
    if start == block.start:
        start = _lead(passage, found, at, end)
    return start, end


def _items(passage: Passage, block: Block, start: int, end: int) -> tuple[int, int]:
    """The whole list where it isn't too long; else its items around the sentence."""
    if len(block) <= MOST:
        return block.start, block.end
    text = passage.slice(block.start, block.end)
    edges = [block.start + match.start() for match in ITEM.finditer(text)]
    edges = [block.start, *(edge for edge in edges if edge > block.start), block.end]
    items = list(pairwise(edges))
    held = [n for n, (s, e) in enumerate(items) if s < end and start < e]
    first, last = held[0], held[-1]
    while last + 1 < len(items) and items[last + 1][1] - items[first][0] <= ENOUGH:
        last += 1
    text_end = items[last][0] + len(passage.slice(*items[last]).rstrip())
    return items[first][0], max(text_end, end)


def _antecedent(passage: Passage, block: Block, start: int, end: int) -> int:
    """Return where a sentence of prose begins, or those that it points back at."""
    inside = [s for s in passage.sentences if block.start <= s.start and s.end <= start]
    for before in reversed(inside):
        points = POINTS_BACK.match(passage.slice(start, end))
        if not points or end - before.start > MOST:
            break
        start = before.start
    return start


def grow(passage: Passage, unit: Unit, room: int, onward: bool = True) -> Unit:
    """A unit with its neighbours in the paragraph, and, `onward`, what follows, of `room`
    characters at most. A row stays by itself."""
    if unit.kind is Kind.ROW:
        return unit
    found = blocks(passage)
    at = next((n for n, block in enumerate(found) if block.start < unit.end <= block.end), None)
    if at is None:
        return unit
    if found[at].kind is Kind.PROSE:
        unit = _within(passage, found[at], unit, room)
    if unit.end < found[at].end or not onward:
        return unit
    return replace(unit, end=_onward(passage, found[at + 1 :], unit, room))


def _within(passage: Passage, block: Block, unit: Unit, room: int) -> Unit:
    """A unit with its neighbours in its paragraph."""
    start, end = unit.start, unit.end
    inside = [s for s in passage.sentences if block.start <= s.start and s.end <= block.end]
    while True:
        after = next((s for s in inside if s.start >= end), None)
        before = next((s for s in reversed(inside) if s.end <= start), None)
        if after and after.end - start <= room:
            end = after.end
        elif before and end - before.start <= room:
            start = before.start
        else:
            return replace(unit, start=start, end=end)


def _onward(passage: Passage, following: Sequence[Block], unit: Unit, room: int) -> int:
    """Return where the paragraphs, lists and code end that follow a unit and still have room."""
    end = unit.end
    for block in following:
        if block.kind in (*BEGINS_ANEW, Kind.ROW):
            break
        if block.end - unit.start > room:
            return max(end, _beginning(passage, block, unit.start + room))
        end = block.end
    return end


def _beginning(passage: Passage, block: Block, limit: int) -> int:
    """Return where the last sentence of a block ends before a limit; 0 in code, which has none."""
    if block.kind is Kind.CODE:
        return 0
    inside = (s.end for s in passage.sentences if block.start <= s.start and s.end <= block.end)
    return max((end for end in inside if end <= limit), default=0)


def _announced(passage: Passage, found: Sequence[Block], at: int, start: int) -> int:
    """Return where what a block announces or asks has ended; its own end where it does neither."""
    end = found[at].end
    text = passage.slice(found[at].start, end)
    asks = found[at].kind is Kind.QUESTION
    if not (asks or ANNOUNCES.search(text)):
        return end
    for block in found[at + 1 :]:
        if block.kind is Kind.LIST and block.end - start > MOST:
            return max(end, _beginning(passage, block, start + MOST))
        more = block.kind in BEGINS_ANEW or block.end - start > MOST
        if more or (block.kind is Kind.PROSE and end > found[at].end and not asks):
            break
        end = block.end
        if block.kind in (Kind.LIST, Kind.CODE) and not asks:
            break
    if end == found[at].end and at + 1 < len(found) and asks:
        return _first_sentences(passage, found[at + 1], end)
    return end


def _first_sentences(passage: Passage, block: Block, end: int) -> int:
    """Return where the first sentences of a block end that is too long to be quoted whole."""
    if block.kind in BEGINS_ANEW:
        return end
    inside = [s for s in passage.sentences if block.start <= s.start and s.end <= block.end]
    fitting = [s.end for s in inside if s.end - block.start <= ENOUGH]
    return fitting[-1] if fitting else end


def _lead(passage: Passage, found: Sequence[Block], at: int, end: int) -> int:
    """Return where what leads up to a block begins: its question, or the line that announces it."""
    start = found[at].start
    if not at:
        return start
    before = found[at - 1]
    text = passage.slice(before.start, before.end)
    fits = end - before.start <= MOST + LONGEST_LEAD and len(before) <= LONGEST_LEAD * 2
    if before.kind is Kind.QUESTION and fits:
        return before.start
    announces = before.kind is Kind.PROSE and ANNOUNCES.search(text)
    opens_code = before.kind is Kind.PROSE and found[at].kind is Kind.CODE
    if fits and (announces or opens_code):
        return before.start
    points = found[at].kind is Kind.PROSE and POINTS_BACK.match(passage.slice(start, end))
    if not points or end - before.start > MOST:
        return start
    if before.kind is Kind.CODE and at > 1:  # the first block may be the end of some
        return _lead(passage, found, at - 1, end)
    return before.start if before.kind is Kind.PROSE else start


def about(passage: Passage, unit: Unit, names: Sequence[str]) -> Unit:
    """The part of a unit that is about some identifiers: up to the sentences that name others."""
    inside = [s for s in passage.sentences if unit.start <= s.start and s.end <= unit.end]
    texts = [passage.slice(sentence.start, sentence.end) for sentence in inside]
    naming = [n for n, text in enumerate(texts) if held_by([text], names)]
    if not naming or unit.kind is Kind.CODE:
        return unit
    others = [n for n, text in enumerate(texts) if n not in naming and identifiers(text)]
    before = max((n for n in others if n < naming[0]), default=-1)
    after = min((n for n in others if n > naming[-1]), default=len(inside))
    start = unit.start if before < 0 else inside[before + 1].start
    return replace(
        unit, start=start, end=unit.end if after == len(inside) else inside[after - 1].end
    )
