"""Read a file, or be refused, and check what must hold of every content and refusal."""

import re

import pytest

from retrieval.reading.formats.content import Content
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.registry import BACKGROUND, IN_PICTURE, SAID
from retrieval.reading.formats.sandbox.process_pool import Parsers

# Two sentences at most, such as “is a PDF without text. Add the text itself.”
REFUSAL = re.compile(r"[a-z][^\n]{0,199}[^.\n]\.( [A-Z][^\n]{0,249}[^.\n]\.)?")
# What only a programmer would want to see.
INNARDS = re.compile(r"Error\b|Exception|Traceback|\b0x|<class|None\b|\.py\b|[{}\\]|b'")


def text_of(content: Content) -> str:
    """All that a file says, with the gap that keeps its parts apart."""
    return "\n\n".join(part.text for part in content.parts)


def rows_of(content: Content) -> list[str]:
    """The rows of a table, each as its text."""
    return text_of(content).split("\n\n")


def headings_of(content: Content) -> list[tuple[int, str]]:
    """The level and title of every heading."""
    return [(heading.level, heading.title) for part in content.parts for heading in part.headings]


def refusal(parsers: Parsers, data: bytes, name: str = "", kind: str | None = None) -> str:
    """The refusal of a file, in words fit for people. Fails where it can be read."""
    with pytest.raises(UnreadableError) as caught:
        parsers.read(data, name, kind=kind)
    return fit_for_people(caught.value)


def fit_for_people(error: UnreadableError) -> str:
    """The message of an error. Fails where it isn't a clean sentence or two."""
    message = str(error)
    assert REFUSAL.fullmatch(message), message
    assert not INNARDS.search(message), message
    message.encode()
    return message


def well_formed(content: Content) -> Content:
    """The content. Fails where it breaks what a content promises, whatever the file."""
    assert content.parts
    for part in content.parts:
        _well_formed_text(part.text)
        starts = [heading.start for heading in part.headings]
        assert starts == sorted(starts)
        assert all(0 <= start < len(part.text) for start in starts)
        assert all(1 <= heading.level <= 9 and heading.title.strip() for heading in part.headings)
        offsets = [offset for offset, _ in part.rows]
        numbers = [number for _, number in part.rows]
        assert offsets == sorted(set(offsets))
        assert all(0 <= offset < len(part.text) for offset in offsets)
        counted = numbers == sorted(set(numbers)) and all(number >= 1 for number in numbers)
        assert counted or numbers == [IN_PICTURE] or {BACKGROUND, SAID}.issuperset(numbers)
        assert part.page is None or part.page >= 1
    for words in (content.title, content.author, content.date, *_titles(content)):
        assert words == words.strip()
        assert "\n" not in words
        words.encode()
    return content


def _well_formed_text(text: str) -> None:
    assert text.strip()
    assert not {"\0", "\r"} & set(text)
    text.encode()


def _titles(content: Content) -> list[str]:
    return [title for _, title in headings_of(content)]


def assert_headings_stand_where_they_say(content: Content) -> None:
    """Fail unless every heading's title is what the text holds at its place."""
    for part in content.parts:
        for heading in part.headings:
            assert part.text[heading.start :].startswith(heading.title)
