"""JSON (RFC 8259) and JSON Lines: a paragraph a record, in it a line a value, behind its path."""

import json
from collections.abc import Iterator
from itertools import count, groupby
from operator import attrgetter
from typing import NamedTuple

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError

from .chat_export import as_messages

BETWEEN_KEYS = " › "
DEEPEST_PATH = 6  # keys; the innermost say most
SHORTEST = 20  # characters of text that is JSON without being called so: "[1]" may be a footnote
OPENINGS = {"{": "}", "[": "]"}


def looks_like_json(text: str) -> bool:
    """Return whether a text begins and ends as an object or array, or as lines of them."""
    ends = text[:1000].lstrip()[:1], text[-1000:].rstrip()[-1:]
    return len(text) >= SHORTEST and OPENINGS.get(ends[0]) == ends[1]


def parse_json(text: str) -> object | None:
    """The value that some JSON, or each line of JSON Lines, stands for; None where it isn't any.

    Numbers come as text, spelt as they were. Raises RecursionError where it is nested too deeply.
    """
    try:
        return _value(text)
    except ValueError:
        pass
    try:
        values = [_value(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        return None
    # A line with a word in quotes is JSON too.
    return values if values and all(isinstance(value, dict | list) for value in values) else None


def _value(text: str) -> object:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def read_json(text: str, gathering: Gathering) -> None:
    """Add the values in some JSON. Raises OtherFormatError for text that isn't any."""
    value = parse_json(text)
    if value is None:
        raise OtherFormatError
    gathering.begin_part()
    messages = as_messages(value)
    if isinstance(value, dict):
        channel = value.get("channel")
        names = [value.get("title")] if messages is None else [value.get("name"), channel]
        gathering.title = next(filter(None, map(_name, names)), "")
    if messages is None:
        for _, leaves in groupby(_leaves(value), key=attrgetter("record")):
            gathering.add_text("\n".join(map(_line, leaves)))
    for message in messages or ():
        gathering.add_text(message)


def _name(value: object) -> str:
    named = value.get("name") if isinstance(value, dict) else value
    return named if isinstance(named, str) else ""


class _Node(NamedTuple):
    """A value, the keys that lead to it, and the record it belongs to, if it opens none."""

    path: tuple[str, ...]
    value: object
    record: int = 0
    opens: bool = False


def _leaves(value: object) -> Iterator[_Node]:
    """The values that hold no others, in order. Without recursion, so that any depth will do."""
    todo, records = [_Node((), value)], count(1)
    while todo:
        node = todo.pop()
        if node.opens:
            node = node._replace(record=next(records), opens=False)
        if isinstance(node.value, dict | list):
            todo.extend(reversed(_inside(node)))
        elif node.value is not None and node.value != "":
            yield node


def _inside(node: _Node) -> list[_Node]:
    if isinstance(node.value, dict):
        keys = (" ".join(key.split()) for key in node.value)
        values = zip(keys, node.value.values(), strict=True)
        return [node._replace(path=(*node.path, key), value=value) for key, value in values]
    # What is in the outermost list is a record each, but not a mere list of words.
    inside = node.value if isinstance(node.value, list) else []
    return [
        node._replace(
            value=value,
            opens=not node.record and (isinstance(value, dict | list) or not node.path),
        )
        for value in inside
    ]


def _line(leaf: _Node) -> str:
    said = str(leaf.value).lower() if isinstance(leaf.value, bool) else str(leaf.value)
    keys = BETWEEN_KEYS.join(leaf.path[-DEEPEST_PATH:])
    return f"{keys}: {said}" if keys else said
