"""The blocks of a Markdown text → a gathering: headings, paragraphs, lists, tables and code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.html.render import render
from retrieval.reading.formats.hyperlinks import unmarked
from retrieval.reading.formats.plain.task_lists import without_box
from retrieval.reading.formats.tables import unnumbered, write_table

from .dialects import labelled
from .inline import STRUCK, UNSEEN, leads_within, words_of

INDENT = "  "
# What no table of contents holds.
NO_CONTENTS = ("fence", "code_block", "html_block", "table_open")
LONGEST_BOLD_HEADING = 80  # characters of a line that is a heading only by being bold
BOLD_HEADING = 6  # its level: below whatever headings there are


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # lxml takes none of them
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[?!].*?(?:>|\Z)", re.DOTALL)
HAS_WORDS = re.compile(r">[^<>\w]*+\w|\A[^<\w]*+\w")


@dataclass(slots=True)
class _List:
    """A list that is open: its next number, if it counts, and whether its item has begun."""

    number: int | None
    marker: str = ""
    indent: str = ""


@dataclass(slots=True)
class Blocks:
    """Writes a document's tokens, one after another; a list is one block, a line an item."""

    gathering: Gathering
    _lists: list[_List] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _term: str = ""

    def write(self, tokens: Sequence[Token]) -> None:
        """Write all tokens of a document."""
        position = 0
        while position < len(tokens):
            position = self._write(tokens, position)

    def _write(self, tokens: Sequence[Token], position: int) -> int:
        """Write the block that begins at a position; returns where the next one does."""
        token = tokens[position]
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open") and _is_contents(tokens, position):
            return _after(tokens, position)
        if kind == "heading_open":
            self._head(words_of(tokens[position + 1]), int(token.tag[1]))
            return position + 3
        if kind == "table_open":
            end = _after(tokens, position)
            self._table(tokens[position:end])
            return end
        self._step(token, tokens[position - 1].type if position else "")
        return position + 1

    def _step(self, token: Token, before: str) -> None:
        kind = token.type
        if kind == "bullet_list_open":
            self._lists.append(_List(None, indent=self._indent()))
        elif kind == "ordered_list_open":
            start = int(token.attrs.get("start", 1))
            self._lists.append(_List(start, indent=self._indent()))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            if not self._lists:
                self._end_list()
        elif kind == "list_item_open":
            self._begin_item(token)
        elif kind == "inline":
            self._inline(token, before)
        elif kind in ("fence", "code_block"):
            self._code(token.content, token.info.split()[0] if token.info.split() else "")
        elif kind == "html_block":
            self._html(token.content)

    def _indent(self) -> str:
        return self._lists[-1].indent + INDENT if self._lists else ""

    def _begin_item(self, token: Token) -> None:
        current = self._lists[-1]
        if current.number is None:
            current.marker = "- "
        else:
            current.marker = f"{current.number}. "
            current.number += 1

    def _inline(self, token: Token, before: str) -> None:
        words = words_of(token)
        if before == "dt_open":
            self._term = labelled(words)
        elif before != "dd_open" and self._term and not self._lists:
            self._say(f"{self._term} {words}")
            self._term = ""
        elif before == "paragraph_open" and not self._lists and _is_bold_heading(token, words):
            self.gathering.add_text(words, BOLD_HEADING)
        else:
            self._say(words)

    def _say(self, words: str) -> None:
        """A paragraph, or a line of the list that is open."""
        if not self._lists:
            self.gathering.add_text(words)
            return
        current = self._lists[-1]
        words = without_box(words)
        if words:
            first, *more = words.split("\n")
            opening = current.marker or INDENT
            self._lines.append(f"{current.indent}{opening}{first}")
            self._lines += [f"{current.indent}{INDENT}{line}" for line in more]
            current.marker = ""

    def _end_list(self) -> None:
        self.gathering.add_text("\n".join(self._lines))
        self._lines = []

    def _head(self, words: str, level: int) -> None:
        if self._lists:
            self._say(words)
        else:
            self.gathering.add_text(words.replace("\n", " "), level)

    def _code(self, code: str, language: str) -> None:
        code = code.rstrip("\n")
        lines = code.split("\n") if "```" in code else [f"```{language}", *code.split("\n"), "```"]
        if self._lists:
            self._lines += [f"{self._lists[-1].indent}{INDENT}{line}".rstrip() for line in lines]
        elif code.strip():
            self.gathering.add_text("\n".join(lines))

    def _table(self, tokens: Sequence[Token]) -> None:
        """The rows of a table, each with the names of its columns; in a list, below its item."""
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(" ".join(words_of(token).split()))
        if self._lists:
            for row in rows:
                self._say(" · ".join(filter(None, row)))
        else:
            write_table(unnumbered(rows[1:]), self.gathering, header=rows[0])

    def _html(self, html: str) -> None:
        if self._lists:
            into = Gathering(self.gathering.most)
            write_html(html, into)
            for line in into.marked_text().split("\n"):
                if line.strip():
                    self._say(line)
        else:
            write_html(html, self.gathering)


def _is_bold_heading(token: Token, words: str) -> bool:
    """Return whether a paragraph is a short bold line, and no sentence: it heads what follows."""
    children = [child for child in token.children or [] if child.nesting or child.content.strip()]
    bold = bool(children) and children[0].type == "strong_open"
    whole = bold and children[-1].type == "strong_close"
    once = sum(child.type == "strong_open" for child in children) == 1
    words = unmarked(words)
    return whole and once and len(words) <= LONGEST_BOLD_HEADING and words[-1:] not in ".!?:;,…"


def _after(tokens: Sequence[Token], position: int) -> int:
    """Return the position after what begins at one."""
    depth = 0
    for at in range(position, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at + 1
    return len(tokens)


def _is_contents(tokens: Sequence[Token], position: int) -> bool:
    """Return whether a list is a table of contents: nothing but links within its own page."""
    inside = tokens[position : _after(tokens, position)]
    lines = [token for token in inside if token.type == "inline"]
    others = any(
        token.type in ("fence", "code_block", "html_block", "table_open") for token in inside
    )
    return bool(lines) and not others and all(map(leads_within, lines))


def write_html(html: str, gathering: Gathering) -> None:
    """Add what a reader sees of a block of HTML, which may be a part of an element only."""
    html = CONTROL.sub("", COMMENT.sub("", html))
    if not HAS_WORDS.search(html):
        return
    from lxml.html import fragment_fromstring

    tree: Any = fragment_fromstring(html, create_parent="div")
    for element in list(tree.iter(*STRUCK, *UNSEEN)):
        element.drop_tree()
    for summary in tree.iter("summary"):
        words = " ".join(summary.text_content().split())
        for child in list(summary):
            summary.remove(child)
        summary.text = labelled(words)
    rendered = render(tree)
    gathering.add_laid_out(rendered.text, rendered.headings)
