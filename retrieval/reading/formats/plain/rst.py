"""reStructuredText, as docutils reads it: without including files or raw HTML."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError
from retrieval.reading.formats.tables import unnumbered, write_table

if TYPE_CHECKING:
    from docutils import nodes

# The time docutils takes grows with the square of a paragraph's length: at 20,000 characters it is
# about a second.
LONGEST_LINE = 20_000
SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 6,
    "warning_stream": False,
    "line_length_limit": 100_000,
    "smart_quotes": False,
}


def read_rst(text: str, gathering: Gathering) -> None:
    """Add paragraphs, lists, tables and headings, without their markup.

    Raises OtherFormatError where a line is too long for docutils: then the text is better taken as
    it is.
    """
    from docutils import nodes
    from docutils.core import publish_doctree

    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise OtherFormatError
    tree = publish_doctree(text, settings_overrides=SETTINGS)
    gathering.title = str(tree.get("title", ""))
    gathering.author = _fact(tree, nodes.author)
    gathering.date = _fact(tree, nodes.date)
    for block in _blocks(tree):
        if isinstance(block, nodes.table):
            rows = [[each.astext() for each in row] for row in block.findall(nodes.row)]
            write_table(unnumbered(rows), gathering)
        else:
            mark = "- " if _opens_item(block) else ""
            gathering.add_text(mark + block.astext(), _level(block))


def _fact(tree: "nodes.document", kind: "type[nodes.Element]") -> str:
    return next((found.astext() for found in tree.findall(kind)), "")


def _blocks(tree: "nodes.document") -> "Iterator[nodes.Element]":
    """Tables, and every element of text that is neither in one nor part of a larger text."""
    from docutils import nodes

    unseen = (nodes.comment, nodes.substitution_definition, nodes.Inline)
    for node in tree.findall(nodes.Element):
        wanted = isinstance(node, nodes.table | nodes.TextElement)
        if wanted and not isinstance(node, unseen) and not _inside(node):
            yield node


def _inside(node: "nodes.Element") -> bool:
    from docutils import nodes

    holders = (nodes.table, nodes.TextElement, nodes.system_message, nodes.docinfo)
    above = node.parent
    while above is not None and not isinstance(above, holders):
        above = above.parent
    return above is not None


def _opens_item(block: "nodes.Element") -> bool:
    from docutils import nodes

    return isinstance(block.parent, nodes.list_item) and block.parent.index(block) == 0


def _level(block: "nodes.Element") -> int:
    """The level of a title. A lone first one, lifted out of the text by docutils, has 1."""
    from docutils import nodes

    if not isinstance(block, nodes.title | nodes.subtitle):
        return 0
    level, above = 0, block.parent
    while above is not None:
        lifted = isinstance(above, nodes.document) and isinstance(above[0], nodes.title)
        level += isinstance(above, nodes.section) + lifted
        above = above.parent
    return level + isinstance(block, nodes.subtitle)
