"""Tables of web pages and books that only frame a text, as tables did before there was CSS."""

from typing import Any

# In HTML's words and in trafilatura's.
SECTIONS = ("tbody", "thead", "tfoot")
ROWS, CELLS = ("tr", "row"), ("td", "th", "cell")
# What is more than a few words in a cell.
BLOCKS = (
    *("h1", "h2", "h3", "h4", "h5", "h6", "head", "p", "div", "ul", "ol", "dl", "list", "pre"),
    *("blockquote", "quote", "table", "article", "section"),
)


def unframe(tree: Any) -> None:
    """Turns each table that has one cell to a row, and blocks of text in it, into its blocks."""
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
    return next((True for each in table.iterdescendants(*BLOCKS)), False)
