"""Render a tree of HTML as plain text: blocks, lists, tables and code, and where headings are."""

import re
from dataclasses import dataclass
from typing import Any

from retrieval.reading.formats.content import Heading

# Elements in HTML's words and in trafilatura's. A blank line parts blocks; lines only start anew.
LISTS = ("ul", "ol", "dl", "list")
HOLDERS = ("li", "item", "td", "th", "cell")
LINES = ("li", "item", "dt", "dd", "tr", "row", "br", "lb")
BLOCKS = (
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "head", "blockquote", "quote", "pre", "table"),
    *("caption", "figure", "figcaption", "summary", "hr", "div", "section", "article", "main"),
    "header",
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "head")
SECTIONS = ("tbody", "thead", "tfoot")
ROWS, CELLS = ("tr", "row"), ("td", "th", "cell")
# More than a few words in a cell: its table only frames a text.
LAYOUT_BLOCKS = (
    *("h1", "h2", "h3", "h4", "h5", "h6", "head", "p", "div", "ul", "ol", "dl", "list", "pre"),
    *("blockquote", "quote", "table", "article", "section"),
)
# Stand-ins that hold a page's layout while the white space of its source is squeezed.
LINE, BLOCK = "\u2028", "\u2029"
HARD = {ord(" "): "\xa0", ord("\t"): "\xa0" * 4, ord("\n"): "\x85"}
SOFT = {ord("\xa0"): " ", ord("\x85"): "\n"}
# And some that hold where a heading of each level begins, and where one ends. Unicode keeps these
# characters for use inside programs.
OPENINGS, CLOSING = "\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6", "\ufdd7"
UNMARKED = dict.fromkeys(map(ord, OPENINGS + CLOSING))
MARKED = re.compile(f"([{OPENINGS}])([^{OPENINGS}{CLOSING}]*){CLOSING}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text, and the headings in it."""

    text: str
    headings: tuple[Heading, ...] = ()


def render(body: Any) -> Rendered:
    """Return a tree's text: blank lines between blocks, a line to each list item and table row.

    The tree is of no use afterwards.
    """
    _unframe(body)
    _keep_code(body)
    _mark_headings(body)
    _open_holders(body)
    _mark_items(body)
    for row in body.iter("tr", "row"):
        for cell in filter(_has_text, row[1:]):
            cell.text = f" · {cell.text or ''}"
    for gap, tags in ((LINE, LINES), (BLOCK, BLOCKS)):
        for element in body.iter(*tags):
            _part(element, gap)
    text = MARKED.sub(_folded, "".join(body.itertext()))
    text = re.sub(f"[ \t\r\n\f{LINE}{BLOCK}]+", _gap, text)
    return _unmarked(re.sub("\n{3,}", "\n\n", text.translate(SOFT)).strip())


def _unframe(tree: Any) -> None:
    """Turn each table that has one cell to a row, and blocks of text in it, into its blocks."""
    for table in list(tree.iter("table")):
        sections = list(table.iterchildren(*SECTIONS))
        rows = [row for part in (table, *sections) for row in part.iterchildren(*ROWS)]
        cells = [list(row.iterchildren(*CELLS)) for row in rows]
        if all(sum(map(_filled, row)) <= 1 for row in cells) and _holds_blocks(table):
            for element in (table, *sections, *rows, *(cell for row in cells for cell in row)):
                element.tag = "div"


def _filled(cell: Any) -> bool:
    return any(words.strip() for words in cell.itertext())


def _holds_blocks(table: Any) -> bool:
    return next((True for each in table.iterdescendants(*LAYOUT_BLOCKS)), False)


def _keep_code(body: Any) -> None:
    for code in body.iter("pre", "code"):
        # trafilatura calls a block of code what HTML calls code in a line.
        if code.tag == "pre" or "\n" in "".join(code.itertext()):
            code.tag = "pre"
            for part in code.iter():
                part.text = (part.text or "").translate(HARD)
                part.tail = (part.tail or "").translate(HARD if part is not code else {})


def _mark_headings(body: Any) -> None:
    for heading in filter(_has_text, body.iter(*HEADINGS)):
        level = (heading.get("rend") or heading.tag)[1:]
        mark = OPENINGS[int(level) - 1] if level in {*"123456"} else OPENINGS[0]
        heading.text = mark + (heading.text or "")
        if len(heading):
            heading[-1].tail = (heading[-1].tail or "") + CLOSING
        else:
            heading.text += CLOSING


def _open_holders(body: Any) -> None:
    # A paragraph that opens an item or a cell would part it from its mark or its row.
    for holder in body.iter(*HOLDERS):
        if len(holder) and not (holder.text or "").strip() and holder[0].tag not in LISTS:
            holder[0].tag = "span"


def _mark_items(body: Any) -> None:
    for items in body.iter(*LISTS):
        kind = items.get("rend") or items.tag
        depth = sum(1 for _ in items.iterancestors(*LISTS))
        for number, item in enumerate(filter(_has_text, items), 1):
            mark = "" if kind == "dl" else f"{number}. " if kind == "ol" else "- "
            item.text = "\xa0\xa0" * depth + mark + (item.text or "")
        _part(items, LINE if depth else BLOCK)


def _has_text(element: Any) -> bool:
    return any(words.strip() for words in element.itertext())


def _part(element: Any, gap: str) -> None:
    element.text, element.tail = gap + (element.text or ""), gap + (element.tail or "")


def _folded(heading: re.Match[str]) -> str:
    """A marked heading on one line."""
    words = " ".join(heading[2].split())
    return f"{heading[1]}{words}{CLOSING}" if words else BLOCK


def _gap(white_space: re.Match[str]) -> str:
    return "\n\n" if BLOCK in white_space[0] else "\n" if LINE in white_space[0] else " "


def _unmarked(marked: str) -> Rendered:
    """The text without its marks, and the headings that had a line to themselves."""
    headings: list[Heading] = []
    length = after = 0
    for match in MARKED.finditer(marked):
        # A page may hold such characters of its own, which go as well.
        before = marked[after : match.start()].translate(UNMARKED)
        length += len(before)
        if before[-1:] in ("", "\n"):
            headings.append(Heading(length, OPENINGS.index(match[1]) + 1, match[2]))
        length += len(match[2])
        after = match.end()
    return Rendered(marked.translate(UNMARKED), tuple(headings))
