"""reStructuredText → what a reader of the page sees, by docutils, Sphinx's additions included.

No other file is read, and no raw HTML.
"""

import re
from typing import TYPE_CHECKING

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError

from .blocks import write_document
from .directives import make_directive, plain_directives
from .roles import read_role

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
DIRECTIVE = re.compile(r"^[ \t]*\.\. (?:\|[^|\n]{1,200}\| )?([\w:.+-]{1,80}?) ?::(?=\s|$)", re.M)
ROLE = re.compile(r":([a-zA-Z0-9][\w.+:-]{0,80}?):`|`:([a-zA-Z0-9][\w.+:-]{0,80}?):")
# These are docutils' own, and made well by it.
KNOWN_ROLES = frozenset(
    """
    ab abbreviation ac acronym code emphasis i literal math pep pep-reference rfc
    rfc-reference strong sub subscript sup raw superscript t title title-reference
    """.split()
)


def read_rst(text: str, gathering: Gathering) -> None:
    """Add paragraphs, lists, tables, code and headings, without their markup.

    Raises OtherFormatError where a line is too long for docutils: then the text is better taken as
    it is.
    """
    from docutils import nodes
    from docutils.core import publish_doctree

    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise OtherFormatError
    _teach(text)
    try:
        tree = publish_doctree(text, settings_overrides=SETTINGS)
    except IndexError:  # docutils 0.23 trips over a field of the header that says nothing
        tree = publish_doctree(text, settings_overrides=SETTINGS | {"docinfo_xform": False})
    gathering.title = str(tree.get("title", ""))
    gathering.author = _fact(tree, nodes.author)
    gathering.date = _fact(tree, nodes.date)
    write_document(tree, gathering)
    gathering.title = gathering.title or gathering.first_heading(level=1)


def _teach(text: str) -> None:
    """Have docutils know the directives and roles of a text that are none of its own."""
    from docutils.parsers.rst import directives, roles

    plain = plain_directives()
    for name in {name.lower() for name in DIRECTIVE.findall(text)} - plain:
        directives.register_directive(name, make_directive(name))
    for names in ROLE.findall(text):
        name = (names[0] or names[1]).lower()
        if name not in KNOWN_ROLES:
            roles.register_local_role(name, read_role)


def _fact(tree: "nodes.document", kind: "type[nodes.Element]") -> str:
    return next((found.astext() for found in tree.findall(kind)), "")
