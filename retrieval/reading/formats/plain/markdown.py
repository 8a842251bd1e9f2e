"""Plain text and Markdown: kept as written, Markdown with its headings and front matter."""

import re
from collections.abc import Iterator

from retrieval.reading.formats.content import LONGEST_TITLE, Gathering, Heading

FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,20000}?\n)??(?:---|\.\.\.)[ \t]*(?:\n\s*|\Z)", re.S)
CODE_FENCE = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.M | re.S)
MARKED = re.compile(r"^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>.+)$", re.M)
UNDERLINED = re.compile(r"^(?P<title>.+)\n(?P<rule>=+|--+)[ \t]*$", re.M)
NO_TITLE = re.compile(r"[ \t]*(?:[-+*>|#]|\d+[.)])[ \t]")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
VISIBLE = re.compile(r"\S")


def read_plain(text: str, gathering: Gathering) -> None:
    """Add the text as it is."""
    gathering.add_laid_out(text)


def read_markdown(text: str, gathering: Gathering) -> None:
    """Add the text as it is, without its front matter, which says title, author and date."""
    if front := FRONT_MATTER.match(text):
        facts = _facts(front[1] or "")
        # Between two rules there may also be the whole text.
        if facts is not None and text[front.end() :].strip():
            gathering.title = facts.get("title", "")
            gathering.author = facts.get("author", "")
            gathering.date = facts.get("date", "")
            text = text[front.end() :]
    headings = sorted(_headings(text), key=lambda heading: heading.start)
    first = (heading.title for heading in headings if heading.level == 1)
    gathering.title = gathering.title or next(first, "")
    gathering.add_laid_out(text, headings)


def _facts(front: str) -> dict[str, str] | None:
    """The facts in front matter that are words; None where it isn't YAML after all."""
    import yaml

    try:
        # Takes everything for text. Repeated references may stand for gigabytes, so lists are only
        # looked at when they hold nothing but text.
        facts = yaml.load(front, yaml.BaseLoader)  # noqa: S506 -- the base loader makes no objects
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(facts, dict):
        return None if facts else {}
    authors = facts.get("author", facts.get("authors"))
    if isinstance(authors, list) and all(isinstance(name, str) for name in authors):
        facts["author"] = ", ".join(authors)
    return {key: value for key, value in facts.items() if isinstance(value, str)}


def _headings(text: str) -> Iterator[Heading]:
    # A "#" inside a code fence is a comment in some script.
    prose = CODE_FENCE.sub(lambda code: VISIBLE.sub(" ", code[0]), text)
    for match in MARKED.finditer(prose):
        if title := _clean(match["title"]):
            yield Heading(match.start("title"), len(match["marks"]), title)
    for match in UNDERLINED.finditer(prose):
        level = 1 if match["rule"].startswith("=") else 2
        if (level == 1 or _stands_alone(prose, match)) and (title := _clean(match["title"])):
            indent = len(match["title"]) - len(match["title"].lstrip())
            yield Heading(match.start() + indent, level, title)


def _stands_alone(prose: str, underlined: re.Match[str]) -> bool:
    """Return whether a line over a rule is a title: the rule may just part two sections."""
    end = max(underlined.start() - 1, 0)
    before = prose[prose.rfind("\n", 0, end) + 1 : end]
    return not before.strip() and not NO_TITLE.match(underlined["title"])


def _clean(title: str) -> str:
    line = LINK.sub(r"\1", title[:LONGEST_TITLE])
    return re.sub(r"\s#+$", "", line.translate({ord("*"): None, ord("`"): None}).strip())
