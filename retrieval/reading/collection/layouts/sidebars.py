"""Read the sidebars of a Docusaurus project: JavaScript whose objects and lists name its pages."""

import re
from collections.abc import Iterator
from typing import Any

TOKEN = re.compile(
    r"//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|(?P<string>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)"
    r"|(?P<mark>[\[\]{}:,])|(?P<name>[A-Za-z_$][\w$]*)",
    re.S,
)
DEEPEST = 50
Listed = dict[str, tuple[str, tuple[str, ...]]]


def read_sidebars(code: str) -> Listed:
    """The pages that sidebars name, by their ids: each with its label, or "", and those above it.

    The id of a folder whose pages are all meant ends in a slash.
    Whatever isn't an object, a list or a text is passed over.
    """
    listed = Listed()
    for value in _values(code):
        sidebars = value.values() if isinstance(value, dict) else ()
        for id, label, above in (page for sidebar in sidebars for page in _pages(sidebar, ())):
            listed.setdefault(id, (label, above))
    return listed


def _values(code: str) -> Iterator[Any]:
    """The outermost objects and lists in some code."""
    open_: list[tuple[Any, str]] = []
    value: Any = None
    key = ""
    for token in TOKEN.finditer(code):
        told = _told(token)
        if told is None:
            continue
        if told in ("{", "["):
            if len(open_) >= DEEPEST:
                return
            open_.append(({} if told == "{" else [], key))
            value, key = None, ""
        elif told in ("}", "]") and token["mark"]:
            if not open_:
                continue
            _put(open_[-1][0], key, value)
            value, key = open_.pop()
            if not open_:
                yield value
                value = None
        elif told == ":" and token["mark"]:
            key, value = (value if isinstance(value, str) else ""), None
        elif told == "," and token["mark"]:
            if open_:
                _put(open_[-1][0], key, value)
            value, key = None, ""
        else:
            value = told


def _told(token: re.Match[str]) -> str | None:
    if token["string"]:
        return re.sub(r"\\(.)", r"\1", token["string"][1:-1])
    return token["mark"] or token["name"]


def _put(into: Any, key: str, value: Any) -> None:
    if value is None:
        return
    if isinstance(into, list):
        into.append(value)
    elif key:
        into[key] = value


def _pages(value: Any, above: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if isinstance(value, str):
        yield value, "", above
    elif isinstance(value, list):
        for each in value:
            yield from _pages(each, above)
    elif isinstance(value, dict):
        yield from _object(value, above)


def _object(
    value: dict[str, Any], above: tuple[str, ...]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    label = str(value["label"]) if isinstance(value.get("label"), str) else ""
    if value.get("type") == "category" or "items" in value:
        inside = (*above, label) if label else above
        if isinstance(link := value.get("link"), dict) and isinstance(id := link.get("id"), str):
            yield id, label, above
        yield from _pages(value.get("items"), inside)
    elif isinstance(id := value.get("id"), str):
        yield id, label, above
    elif isinstance(folder := value.get("dirName"), str):
        yield f"{folder.strip('./')}/", "", above
    elif "type" not in value:
        for name, inside in value.items():
            yield from _pages(inside, (*above, name))
