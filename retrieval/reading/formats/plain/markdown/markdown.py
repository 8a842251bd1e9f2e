"""Markdown of any dialect → what a reader of its page sees, by a CommonMark parser.

Front matter, the YAML or TOML above a text, says its title, author and date.
"""

import re
import tomllib
from typing import Any

from retrieval.reading.formats.content import Gathering

from .blocks import Blocks
from .dialects import has_components, to_commonmark
from .parser import parser_of

FRONT_MATTER = re.compile(
    r"(?P<rule>---|\+\+\+)[ \t]*\n(?P<facts>.{0,20000}?\n)??(?:(?P=rule)|\.\.\.)[ \t]*(?:\n\s*|\Z)",
    re.S,
)


def read_markdown(text: str, gathering: Gathering) -> None:
    """Add the text of a page, whose front matter and first heading say what it is called."""
    facts, body = split_front_matter(text)
    gathering.title = facts.get("title", "")
    gathering.author = facts.get("author", "")
    gathering.date = facts.get("date", "")
    tokens = parser_of(has_components(body)).parse(to_commonmark(body))
    Blocks(gathering).write(tokens)
    gathering.title = gathering.title or gathering.first_heading(level=1)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The facts that a text's front matter states, and the text without it.

    What looks like front matter but isn't stays part of the text.
    """
    if front := FRONT_MATTER.match(text):
        read = _yaml if front["rule"] == "---" else _toml
        facts = read(front["facts"] or "")
        # Between two rules there may also be the whole text.
        if facts is not None and text[front.end() :].strip():
            return _worded(facts), text[front.end() :]
    return {}, text


def _yaml(front: str) -> dict[str, Any] | None:
    """Return what it says, or None where it isn't YAML after all."""
    import yaml

    try:
        # Takes everything for text. Repeated references may stand for gigabytes, so lists are only
        # looked at when they hold nothing but text.
        facts = yaml.load(front, yaml.BaseLoader)  # noqa: S506 -- the base loader makes no objects
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return facts if isinstance(facts, dict) else None if facts else {}


def _toml(front: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _worded(facts: dict[str, Any]) -> dict[str, str]:
    """The facts that are words, or lists of words, or dates, all as text."""
    authors = facts.get("author", facts.get("authors"))
    if isinstance(authors, list) and all(isinstance(name, str) for name in authors):
        facts = {**facts, "author": ", ".join(authors)}
    elif isinstance(authors, str):
        facts = {**facts, "author": authors}
    dated = {key: value.isoformat() for key, value in facts.items() if hasattr(value, "isoformat")}
    return {key: value for key, value in facts.items() if isinstance(value, str)} | dated
