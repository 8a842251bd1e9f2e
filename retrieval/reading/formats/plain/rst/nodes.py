"""Small questions about docutils' nodes, and lines made of them."""

from collections.abc import Sequence
from typing import Any

from docutils import nodes

from retrieval.reading.formats.plain.markdown.dialects import labelled
from retrieval.text.numbers import roman

INDENT = "  "
LETTERS = 26  # of the alphabet, by which items may be counted
STRUCK = frozenset(("strike", "del", "strikethrough", "line-through"))


def is_unseen(node: nodes.Element) -> bool:
    unseen = (nodes.footnote_reference, nodes.label, nodes.raw, nodes.generated, nodes.comment)
    return isinstance(node, unseen) or not STRUCK.isdisjoint(node.get("classes", ()))


def is_lifted(node: nodes.Element) -> bool:
    """Return whether a lone first title was lifted out of its section, above all others."""
    above: Any = node
    while above.parent is not None:
        above = above.parent
    return bool(above.children) and isinstance(above.children[0], nodes.title)


def within(lines: Sequence[str], begun: bool) -> list[str]:
    return [f"{INDENT}{line}" if begun or at else line for at, line in enumerate(lines)]


def field_name(term: str, item: nodes.Element) -> str:
    """A field's name without the word that says what kind of field it is."""
    if not isinstance(item, nodes.field):
        return term
    kind, _, name = term.partition(" ")
    plain = {"returns": "Returns", "return": "Returns", "rtype": "Return type"}
    if kind in ("param", "parameter", "arg", "argument", "key", "keyword", "type", "raises", "var"):
        return ("Raises " * (kind == "raises") + name.split()[-1]) if name else term
    return plain.get(term, term)


def joined(term: str, lines: list[str]) -> list[str]:
    if not lines or not term:
        return [term] if term and not lines else lines
    if lines[0].startswith("```"):
        return [labelled(term), *lines]
    return [f"{labelled(term)} {lines[0]}", *lines[1:]]


def fence(node: Any) -> list[str]:
    """Code between fences, with its language where that is said."""
    classes = list(node.get("classes", ()))
    named = [str(name) for name in classes if name != "code"] if "code" in classes else []
    language = node.get("language") or "".join(named[:1])
    lines = node.astext().rstrip("\n").split("\n")
    return lines if "```" in node.astext() else [f"```{language}", *lines, "```"]


def numeral(node: nodes.Element, number: int) -> str:
    kind = str(node.get("enumtype", "arabic"))
    if kind.endswith("alpha") and 1 <= number <= LETTERS:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if kind.startswith("upper") else letter
    if kind.endswith("roman"):
        return roman(number).upper() if kind.startswith("upper") else roman(number)
    return str(number)
