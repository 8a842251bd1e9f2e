"""Markdown of any dialect → what a reader of its page sees, by a CommonMark parser."""

from functools import cache
from typing import TYPE_CHECKING

from retrieval.reading.formats.content import Gathering

from .blocks import Blocks
from .dialects import has_components, to_commonmark
from .front_matter import split_front_matter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def read_markdown(text: str, gathering: Gathering) -> None:
    """Add the text of a page, whose front matter and first heading say what it is called."""
    facts, body = split_front_matter(text)
    gathering.title = facts.get("title", "")
    gathering.author = facts.get("author", "")
    gathering.date = facts.get("date", "")
    tokens = _parser(has_components(body)).parse(to_commonmark(body))
    Blocks(gathering).write(tokens)
    gathering.title = gathering.title or gathering.first_heading(level=1)


@cache
def _parser(components: bool) -> "MarkdownIt":
    """The parser. Among components (MDX) what is indented is no code."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    return parser.disable("code") if components else parser
