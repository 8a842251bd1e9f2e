"""Blocks of a text → parts of messages, each with the white space before it. No word changes."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from textwrap import dedent

from bot.discord.messages.markdown import NOBODY, plain
from bot.output.text import printable
from retrieval.text.segmentation.paragraphs import BETWEEN_CELLS

from .blocks import Block, Kind, blocks, flowing
from .hyperlinks import without_hyperlinks
from .inline import inline, units

FENCED = re.compile(
    r"[ \t]*```(?P<language>[\w+#.-]*)[^\n]*\n(?P<code>.*?)\n?[ \t]*(?:```)?\s*", re.S
)
ANNOUNCES = re.compile(r":[\"”’»)*_]*\s*\Z")
LINE_END = re.compile(r"[\r\n]")
SPACES = re.compile(r"[^\S\n]+")
SPACED_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*")

Span = tuple[int, int]


def dressed(
    text: str,
    quotes: Sequence[Span] = (),
    without: Collection[str] = (),
    links: bool = True,
) -> Iterator[str]:
    """Yield a text in parts: the `quotes` in it, by their offsets, in bold, and no heading of
    those that stand above it already (`without`)."""
    before: Block | None = None
    numbering = _Numbering()
    shown = [b for b in blocks(text) if not _is_named(text, b, without)]
    for number, block in enumerate(shown):
        alone = _stands_alone(shown, number)
        gap = _gap(text, before, block)
        for part in _parts(text, block, quotes, links, alone, numbering):
            yield gap + part
            gap = ""
        before = block


def _is_named(text: str, block: Block, names: Collection[str]) -> bool:
    return (
        block.kind is Kind.HEADING
        and _folded(without_hyperlinks(text[block.start : block.end])) in names
    )


def _folded(words: str) -> str:
    return " ".join(words.split())


def _stands_alone(shown: Sequence[Block], number: int) -> bool:
    """Return whether a row has no other beside it."""
    beside = [*shown[max(0, number - 1) : number], *shown[number + 1 : number + 2]]
    return all(block.kind is not Kind.ROW for block in beside)


def _gap(text: str, before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    alike = before.kind is block.kind and block.kind in (Kind.ITEM, Kind.ROW)
    listed = block.kind in (Kind.ITEM, Kind.ROW) and ANNOUNCES.search(text[: before.end])
    close = before.kind is Kind.HEADING or Kind.CODE in (before.kind, block.kind)
    within = not block.apart and Kind.ITEM not in (before.kind, block.kind)
    return "\n" if alike or listed or close or within else "\n\n"


def _parts(
    text: str,
    block: Block,
    quotes: Sequence[Span],
    links: bool,
    alone: bool,
    numbering: "_Numbering",
) -> Iterator[str]:
    if block.kind is not Kind.ITEM:
        numbering.end()
    if block.kind is Kind.CODE:
        yield from _code(text[block.start : block.end])
    elif block.kind is Kind.HEADING:
        yield f"**{inline(_folded(text[block.start : block.end]), bold=True, links=links)}**"
    elif block.kind is Kind.ROW:
        quoted = any(start < block.end and block.start < end for start, end in quotes)
        yield ("" if alone else "- ") + _row(text[block.start : block.end], quoted)
    else:
        opener = numbering.opener(block) if block.kind is Kind.ITEM else ""
        for part in _prose(text, block, quotes, links):
            yield opener + part
            opener = ""


def _code(fenced: str) -> Iterator[str]:
    """Code in a block with its language; where there is none between the fences, the fences."""
    match = FENCED.fullmatch(fenced)
    code = dedent(match["code"]).rstrip() if match else ""
    if not match or not code.strip():
        yield plain(fenced.strip())
        return
    # A fence within would end the block.
    harmless = printable(code).replace("```", f"`{NOBODY}`{NOBODY}`")
    yield f"```{match['language']}\n{harmless}\n```"


def _row(row: str, quoted: bool) -> str:
    """A row as its cells, with their names in bold; all of it in bold where it is quoted."""
    if quoted:
        return f"**{inline(_folded(row), bold=True)}**"
    cells = [cell.partition(": ") for cell in _folded(row).split(BETWEEN_CELLS)]
    return BETWEEN_CELLS.join(
        f"**{plain(name)}:** {inline(value)}" if value else inline(name) for name, _, value in cells
    )


def _prose(text: str, block: Block, quotes: Sequence[Span], links: bool) -> Iterator[str]:
    """Yield the words of a block, its lines joined, the quotes in it in bold."""
    words = text[block.start : block.end]
    # An item goes on in its next lines; only in a paragraph may one be meant to stand by itself.
    words = LINE_END.sub(" ", words) if block.kind is Kind.ITEM else flowing(words)
    for start, end, quoted in _segments(block, quotes):
        segment = SPACES.sub(" ", words[start - block.start : end - block.start])
        yield from units(SPACED_LINE.sub("\n", segment), quoted, links)


def _segments(block: Block, quotes: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches of a block, and whether each is quoted."""
    at = block.start
    for start, end in sorted(quotes):
        first, last = max(at, start), min(end, block.end)
        if first < last:
            yield at, first, False
            yield first, last, True
            at = last
    yield at, block.end, False


@dataclass(slots=True)
class _Numbering:
    """The items seen so far of a list: how far in each level stands, and its last number."""

    levels: list[tuple[int, int]] = field(default_factory=list)

    def end(self) -> None:
        """Begin a new list with the next item."""
        self.levels.clear()

    def opener(self, block: Block) -> str:
        """Return the opening of an item in Discord, which counts by itself: a number out of its
        turn is escaped, so that it shows as it is."""
        levels = self.levels
        while levels and levels[-1][0] > block.indent:
            levels.pop()
        last = levels.pop()[1] if levels and levels[-1][0] == block.indent else None
        space = "  " * len(levels)
        number = int(block.sign[:-1]) if block.sign[:-1].isdigit() else 0
        levels.append((block.indent, number))
        if not number and block.sign[:-1] != "0":
            return f"{space}- "
        in_turn = number > 0 and (last is None or number == last + 1)
        return f"{space}{number}. " if in_turn else f"{space}{plain(block.sign)} "
