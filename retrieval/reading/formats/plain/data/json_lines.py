"""JSON (RFC 8259) and JSON Lines: settings under headings, a paragraph a record."""

import json

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError

from .chat_export import as_messages
from .discord_export import as_exported
from .nested_values import Settings
from .openapi import is_openapi, write_openapi

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
    exported = as_exported(value)
    chat = as_messages(value) if exported is None else None
    messages = exported if chat is None else [(said, "") for said in chat]
    if isinstance(value, dict):
        channel = value.get("channel")
        names = [value.get("title")] if messages is None else [value.get("name"), channel]
        gathering.title = next(filter(None, map(_name, names)), "")
    if messages is None:
        _write(value, gathering)
    for said, address in messages or ():
        if address:
            gathering.add_link(address)
        gathering.add_text(said)


def _write(value: object, gathering: Gathering) -> None:
    if isinstance(value, dict) and is_openapi(value):
        write_openapi(value, gathering)
    else:
        Settings(gathering).write(value)


def _name(value: object) -> str:
    named = value.get("name") if isinstance(value, dict) else value
    return named if isinstance(named, str) else ""
