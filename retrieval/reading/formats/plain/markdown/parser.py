"""The CommonMark parser, with tables, footnotes and definition lists.

Text too long for a paragraph is taken as it stands: the parser's time for marks that nothing
closes grows with the square of a paragraph's length.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

LONGEST = 20_000  # characters of a paragraph, heading or cell in which marks are looked for
# A picture that is written out where it stands, and the shortest that the parser takes for one.
EMBEDDED = re.compile(r"data:[\w.+-]{1,60}/[\w.+-]{1,60};base64,[\w+/=%-]{1000,}+")
PICTURE = "data:image/png;,"


@cache
def parser_of(components: bool) -> "MarkdownIt":
    """The parser. Among components (MDX) what is indented is no code."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin).use(_pass_by_long_text)
    return parser.disable("code") if components else parser


def _pass_by_long_text(parser: "MarkdownIt") -> None:
    """Have a parser take text that is too long for its marks as it stands."""
    parser.core.ruler.before("inline", "long_text", _set_aside)
    parser.core.ruler.after("inline", "long_text_back", _put_back)


def _set_aside(state: "StateCore") -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.content = EMBEDDED.sub(PICTURE, token.content)
            token.type = "long_text" if len(token.content) > LONGEST else "inline"


def _put_back(state: "StateCore") -> None:
    for token in state.tokens:
        if token.type == "long_text":
            token.type = "inline"
            token.children = [Token("text", "", 0, content=" ".join(token.content.split()))]
