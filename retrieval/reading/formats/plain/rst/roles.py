"""The roles of Sphinx and its extensions: the words that a page shows of them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

TITLED = re.compile(r"^(?P<title>.+?)\s*<(?P<target>[^<>]*)>$", re.DOTALL)
CALLED = frozenset(("func", "meth", "function", "method"))
# What stands for a page or a place in one, and reads as its title.
TO_PLACES = frozenset(("ref", "numref", "doc", "any", "std-ref", "std-doc", "eq"))
UNSEEN = frozenset(("index", "strike", "del", "s"))
AMPERSAND = re.compile("&(?=[^& ])")


def read_role(
    name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: Any,
    options: Mapping[str, Any] | None = None,
    content: Sequence[str] = (),
) -> tuple[list[Any], list[Any]]:
    """The nodes for a role that docutils doesn't know: its words, or where it leads."""
    from docutils import nodes, utils

    last = re.split("[:-]", name.lower())[-1]
    words = utils.unescape(text)
    titled = TITLED.match(words)
    if last in TO_PLACES and not titled:
        place = nodes.inline(rawtext, words, place=words.lstrip("!"))
        return [place], []
    if last in UNSEEN and not (last == "index" and not titled):
        return [nodes.Text(titled["title"] if titled and last == "index" else "")], []
    return [nodes.Text(titled["title"] if titled else shown(last, words))], []


def shown(role: str, words: str) -> str:
    """Return what a page shows of a role's words that name no title of their own."""
    if role == "guilabel":
        return AMPERSAND.sub("", words)
    if role == "menuselection":
        return " ‣ ".join(AMPERSAND.sub("", part.strip()) for part in words.split("-->"))
    if role in ("file", "samp"):
        return re.sub(r"\{([^{}]*)\}", r"\1", words)
    if words.startswith("~") and " " not in words:
        words = words.lstrip("~").rpartition(".")[2]
    words = words.removeprefix("!").removeprefix(".")
    return f"{words}()" if role in CALLED and words and not words.endswith(")") else words
