"""Rows of boxes that are set beside one another, such as opening hours: they are read as tables."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from .labels import LABEL

TABLE_ROLES = ("table", "grid", "treegrid")
# What may stand in an element of a role, and the tag that it is read as.
ROLES_IN = {
    "table": {"rowgroup": "tbody", "row": "tr"},
    "tbody": {"row": "tr"},
    "tr": {"cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"},
}
ROWS = ("div", "p", "li")
CELLS = frozenset("div p span strong b em i time small dt dd".split())
INLINE = frozenset("span strong b em i time small".split())
# What no short cell of a row holds: with one of these, a box is a part of the page.
PARTS = (
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote"),
    *("details", "form", "button", "input", "label", "article", "section", "nav", "br"),
)
HEADER = re.compile(r"(?:^|[\s_-])(?:head|header|heading)(?:[\s_-]|$)", re.I)
PAIR, MOST_CELLS = 2, 6
LONGEST_NAME, LONGEST_CELL = 60, 80  # characters
SENTENCE = (".", "!", "?", "…")


def make_tables(body: Any) -> None:
    """Turn rows of boxes into tables, those that say so and those that look so."""
    for element in list(body.iterfind(".//*[@role]")):
        if element.tag == "div" and element.get("role") in TABLE_ROLES:
            tags = {element: "table"}
            if _tell_tags(element, tags):
                for each, tag in tags.items():
                    each.tag = tag
    for above in {row.getparent(): None for row in body.iterdescendants(*ROWS)}:
        if above is not None and above.tag not in ("tr", "tbody", "table"):
            for rows in list(_runs(above)):
                _make_table(rows)


def make_lists(body: Any) -> None:
    """Turn the tables in which Asciidoctor explains the numbers of its code into lists."""
    for table in body.iterfind(".//div[@class]/table"):
        if "colist" in table.getparent().get("class").split():
            table.tag = "ol"
            for row in list(table.iter("tr")):
                row.tag = "li"
                for number in row[:1]:
                    row.remove(number)
                for cell in row:
                    cell.tag = "div"


def _tell_tags(element: Any, tags: dict[Any, str]) -> bool:
    """Tell the tags of the rows and cells in a table of roles; false if it holds anything else."""
    known = ROLES_IN.get(tags[element])
    if known is None:
        return True
    if any((words or "").strip() for words in (element.text, *(each.tail for each in element))):
        return False
    for each in element:
        tag = known.get(each.get("role") or "")
        if tag is None:
            if "".join(each.itertext()).strip():
                return False
            continue
        tags[each] = tag
        if not _tell_tags(each, tags):
            return False
    return True


def _runs(above: Any) -> Iterator[list[Any]]:
    """Rows in a row: of the same kind, and with as many cells."""
    kinds = ((each, _cells(each)) for each in above)
    for count, run in groupby(kinds, key=lambda each: (each[0].tag, len(each[1]))):
        rows = [row for row, _ in run]
        if count[1] and len(rows) > 1 and not any((row.tail or "").strip() for row in rows[:-1]):
            yield rows


def _cells(row: Any) -> list[Any]:
    """The cells of a row that stand beside one another; none if it is no such row."""
    cells = list(row)
    if row.tag not in ROWS or not PAIR <= len(cells) <= MOST_CELLS:
        return []
    between = [row.text or "", *(cell.tail or "" for cell in cells)]
    if any(words.strip() for words in between):
        return []
    # Words in a line that are kept apart by a space are a line.
    if all(cell.tag in INLINE for cell in cells) and any(between[1:-1]):
        return []
    texts = [" ".join("".join(cell.itertext()).split()) for cell in cells]
    return cells if all(map(_is_cell, cells)) and _reads_as_row(texts) else []


def _is_cell(cell: Any) -> bool:
    if cell.tag not in CELLS or cell.get(LABEL) or any(True for _ in cell.iterdescendants(*PARTS)):
        return False
    return sum(1 for _ in cell.iterdescendants("div", "p")) <= 1


def _reads_as_row(texts: list[str]) -> bool:
    name, *others = texts
    if not name or not any(others) or len(name) > LONGEST_NAME or name.endswith(SENTENCE):
        return False
    return all(len(text) <= LONGEST_CELL for text in others)


def _make_table(rows: list[Any]) -> None:
    """Put a table in the place of rows; the first of two cells names the other."""
    first, last = rows[0], rows[-1]
    table = first.makeelement("table", {})
    first.addprevious(table)
    tail, last.tail = last.tail, None
    named = HEADER.search(first.get("class") or "") is not None
    pairs = len(first) == PAIR and not named
    for row in rows:
        row.tag = "tr"
        table.append(row)
        _name_cells(row, all_names=named and row is first, first_names=pairs)
    table.tail = tail
    above = table.getparent()
    if above.tag in ("ul", "ol") and len(above) == 1:
        above.tag = "div"


def _name_cells(row: Iterable[Any], all_names: bool, first_names: bool) -> None:
    for at, cell in enumerate(row):
        cell.tag = "th" if all_names or (first_names and at == 0) else "td"
