"""HTML within Markdown → text: its tags out of sight, its tables and headings kept."""

import re
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.html.render import render

from .dialects import labelled
from .inline import STRUCK, UNSEEN

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[?!].*?>", re.DOTALL)
HAS_WORDS = re.compile(r">[^<]*\w|^[^<]*\w")


def write_html(html: str, gathering: Gathering) -> None:
    """Add what a reader sees of a block of HTML, which may be a part of an element only."""
    html = COMMENT.sub("", html)
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
