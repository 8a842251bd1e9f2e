"""Render a tree of HTML as a browser shows it: blocks, lists, tables and code, and its headings.

A list is one block, a line an item. Each row of a table is a block that names its columns.
"""

from dataclasses import dataclass, field
from typing import Any

from retrieval.reading.formats.content import (
    BETWEEN_BLOCKS,
    Gathering,
    Heading,
    without_unseen,
)
from retrieval.reading.formats.hyperlinks import MARKS, mark_hyperlinks, unmarked
from retrieval.reading.formats.plain.markdown.dialects import labelled
from retrieval.reading.formats.tables import Budget, unnumbered, write_table
from retrieval.reading.limits import ReadLimits
from retrieval.text.special_characters import lowered, raised

from .boxes import make_lists, make_tables
from .code import fenced, is_code
from .labels import LABEL, label_tabs
from .lists import INDENT, OpenList, opened
from .tables import on_one_line, only_frames, runs_of
from .unseen import drop_unseen, unwrap_formulas

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu", "dir")
BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form header hgroup hr legend li main nav noscript optgroup option p
    search section summary table tbody td tfoot th thead tr text foreignobject html
    """.split()
).union(HEADINGS, LISTS)
QUOTES = "“”"
BREAK = "\u2028"  # a line that the author ended


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text, with the marks of its hyperlinks, and the headings in it, counted without them."""

    text: str
    headings: tuple[Heading, ...] = ()


def render(body: Any) -> Rendered:
    """Return a tree's text as it is shown.

    The tree is of no use afterwards.
    """
    drop_unseen(body)
    unwrap_formulas(body)
    label_tabs(body)
    make_lists(body)
    make_tables(body)
    mark_hyperlinks(body, is_code)
    blocks = _blocks_of(body, Budget(), [ReadLimits().output])
    headings: list[Heading] = []
    length = 0
    for text, level in blocks:
        if level:
            headings.append(Heading(length, level, unmarked(text)))
        length += len(unmarked(text)) + len(BETWEEN_BLOCKS)
    return Rendered(BETWEEN_BLOCKS.join(text for text, _ in blocks), tuple(headings))


Block = tuple[str, int]


def _blocks_of(body: Any, budget: Budget, room: list[int]) -> list[Block]:
    """Blocks of text, each with its level if it is a heading, else 0."""
    from lxml.etree import iterwalk

    writer = _Writer(budget, room)
    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            if event == "end" and element is not body:
                writer.say(element.tail)
        elif event == "start":
            if writer.start(element):
                writer.say(element.text)
            else:
                walk.skip_subtree()
        else:
            writer.end(element)
            if element is not body:
                writer.say(element.tail)
    writer.flush()
    writer.end_list()
    return writer.blocks


@dataclass(slots=True)
class _Writer:
    """Writes elements, as they start and end."""

    budget: Budget
    room: list[int]
    blocks: list[Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)  # words of the block that is being written
    lists: list[OpenList] = field(default_factory=list)
    items: list[str] = field(default_factory=list)  # lines of the list that is being written
    term: str = ""
    folded: int = 0  # summaries that are open; a heading in one is a label too

    def say(self, text: str | None) -> None:
        """Go on with a block."""
        if text:
            self.line.append(text)

    def start(self, element: Any) -> bool:
        """Begin an element; return whether what is in it is still to be written."""
        tag = element.tag
        if tag in ("sup", "sub"):
            words = "".join(element.itertext())
            self.say(raised(words) if tag == "sup" else lowered(words))
            return False
        if is_code(element):
            self._code(element)
            return False
        if tag == "table":
            return self._table(element)
        if tag == "dt" and element.getparent().tag == "dt":
            self._term()  # one that was not closed
        if tag in BLOCKS:
            self._part()
        if tag in LISTS:
            self.lists.append(opened(element, self.lists))
        elif tag == "li" and self.lists:
            self.lists[-1].begin_item(element)
        elif tag == "summary":
            self.folded += 1
        elif tag == "br":
            self.say(BREAK)
        elif tag == "q":
            self.say(QUOTES[0])
        return True

    def end(self, element: Any) -> None:
        """End an element."""
        tag = element.tag
        if tag == "q":
            self.say(QUOTES[1])
        elif tag == "summary":
            self.folded -= 1
            self._label()
        elif tag in HEADINGS and not self.folded:
            self.flush(int(tag[1]))
        elif tag == "dt":
            self._term()
        elif tag in ("dl", "dd"):
            self.flush()
            self._say_term()
        elif tag in BLOCKS:
            self._label() if element.get(LABEL) else self._part()
        if tag in LISTS and self.lists:
            self.lists.pop()
            if all(each.sections for each in self.lists):
                self.end_list()

    def _part(self) -> None:
        """End a block, but for one within a summary, which is one line."""
        if self.folded:
            self.say(" ")
        else:
            self.flush()

    def words(self) -> str:
        """Take the words said since the last block; lines only where the author broke them."""
        lines = (" ".join(line.split()) for line in "".join(self.line).split(BREAK))
        self.line = []
        # Where a link holds blocks, its marks are left on lines of their own.
        return without_unseen("\n".join(line for line in lines if line.strip(MARKS)))

    def flush(self, level: int = 0) -> None:
        """End a block, a heading if it has a level."""
        if words := self.words():
            self._add(words, level)

    def _add(self, words: str, level: int = 0) -> None:
        if self.term:
            words, self.term = f"{self.term} {words}", ""
        open_list = next((each for each in reversed(self.lists) if not each.sections), None)
        if open_list is None:
            numbered = self.lists[-1].marker if self.lists else ""
            if numbered:
                words, self.lists[-1].marker = numbered + words, ""
            self._append(words.replace("\n", " ") if level else words, level)
            return
        first, *more = words.split("\n")
        self.items.append(f"{open_list.indent}{open_list.marker or INDENT}{first}")
        open_list.marker = ""
        self.items += [open_list.margin() + line for line in more]

    def _append(self, block: str, level: int = 0) -> None:
        self.blocks.append((block, level))

    def end_list(self) -> None:
        """End the list that is being written."""
        if self.items:
            self._append("\n".join(self.items))
            self.items = []

    def _label(self) -> None:
        if words := self.words():
            self._add(labelled(words.replace("\n", " ")))

    def _term(self) -> None:
        words = self.words().replace("\n", " ").rstrip(":")
        self.term = ", ".join(filter(None, (self.term.rstrip(":"), words)))
        self.term = labelled(self.term)

    def _say_term(self) -> None:
        """Say a term without a text of its own, above what explains it."""
        if self.term:
            term, self.term = self.term, ""
            self._add(term)

    def _code(self, element: Any) -> None:
        self.flush()
        self._say_term()
        code = without_unseen(fenced(element))
        open_list = next((each for each in reversed(self.lists) if not each.sections), None)
        if code and open_list is None:
            self._append(code)
        elif code and open_list:
            if open_list.marker:
                self.items.append(f"{open_list.indent}{open_list.marker}".rstrip())
                open_list.marker = ""
            self.items += [f"{open_list.margin()}{line}".rstrip() for line in code.split("\n")]

    def _table(self, table: Any) -> bool:
        """Write a table; return whether it only frames what is in it."""
        self.flush()
        if only_frames(table):
            return True
        for caption in table.iterchildren("caption"):
            self.say(self._cell(caption))
            self.flush()
        into = Gathering(self.room[0])
        for run in runs_of(table, self._cell, self.budget):
            write_table(unnumbered(run.rows), into, header=run.header)
        for row in filter(None, into.marked_text().split(BETWEEN_BLOCKS)):
            self.room[0] -= len(row)
            self._add(row)
        return False

    def _cell(self, cell: Any) -> str:
        """The text of a cell, with what stands in it as blocks or items on one line."""
        blocks = _blocks_of(cell, self.budget, self.room)
        return on_one_line(text for text, _ in blocks)
