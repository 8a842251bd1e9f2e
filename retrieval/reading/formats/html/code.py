"""Blocks of code in a page: their lines as a browser shows them, and their language."""

import re
from collections.abc import Iterator
from typing import Any

# How generators of sites name a language in a class; Sphinx's "default" and "none" are no names.
LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|highlight)-([\w+#.]+)")
BRUSH = re.compile(r"(?:^|\s)(?:brush:\s*|sourceCode\s+)([\w+#]+)")
NO_LANGUAGE = frozenset(
    "default none text plain plaintext txt nohighlight notranslate literal sourcecode".split()
)
# The language is said by the block itself, by the code in it, or by what is around it.
AROUND = 4
LINE_STARTS = ("div", "p", "li", "tr")


def is_code(element: Any) -> bool:
    """Return whether an element shows its text as it is spaced."""
    if element.tag == "code":
        return element.find(".//br") is not None and element.getparent() is not None
    return element.tag in ("pre", "listing", "xmp")


def fenced(element: Any) -> str:
    """The code of an element between fences that say its language; "" where it has none."""
    code = _lines(element)
    if not code.strip():
        return ""
    return code if "```" in code else f"```{_language(element)}\n{code}\n```"


def _lines(element: Any) -> str:
    pieces: list[str] = []
    _write(element, pieces)
    lines = "".join(pieces).replace("\r\n", "\n").expandtabs(4).split("\n")
    lines = [line.rstrip() for line in lines]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _write(element: Any, pieces: list[str]) -> None:
    from lxml.etree import iterwalk

    for event, each in iterwalk(element, events=("start", "end")):
        if event == "start":
            starts = each.tag in LINE_STARTS and pieces and not pieces[-1].endswith("\n")
            _say(("\n" if starts else "") + (each.text or ""), pieces)
        else:
            # Docusaurus ends its lines so, GitLab others with the white space of the source.
            breaks = each.tag == "br"
            _say(("\n" if breaks else "") + ((each.tail or "") * (each is not element)), pieces)


def _say(words: str, pieces: list[str]) -> None:
    if words:
        pieces.append(words)


def _language(element: Any) -> str:
    for each in _told_by(element):
        named = each.get("data-lang") or each.get("data-language") or ""
        classes = each.get("class") or ""
        found = LANGUAGE.search(classes) or BRUSH.search(classes)
        language = (named or (found[1] if found else "")).lower()
        if language and language not in NO_LANGUAGE and re.fullmatch(r"[\w+#.-]{1,30}", language):
            return language
    return ""


def _told_by(element: Any) -> Iterator[Any]:
    yield from element.iter("code")
    yield element
    above = element.getparent()
    for _ in range(AROUND):
        if above is None or above.tag in ("body", "main", "article", "section", "li", "td"):
            return
        yield above
        above = above.getparent()
