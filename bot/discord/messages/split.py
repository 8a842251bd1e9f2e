"""Split long texts into as many messages of 2,000 characters as they need, at sentence ends."""

import re
from collections.abc import Iterable, Iterator

from retrieval.text.sentences import sentences

from .markdown import plain

# Discord's limit for a message, in characters.
MESSAGE = 2000
# A sentence longer than this is cut; each of its characters may need a backslash.
LONGEST = 900
# These mean something else when cut: a backslash with the character it escapes, and an address.
WHOLE = re.compile(r"\\.|<https?://[^\s>]+>", re.IGNORECASE)


def length(text: str) -> int:
    """The length of a text as Discord counts: an emoji may count as two."""
    return len(text.encode("utf-16-le", errors="replace")) // 2


def units(text: str) -> Iterator[str]:
    """Yield the sentences of a text, each with the white space before it, escaped."""
    end = 0
    for sentence in sentences(text, LONGEST):
        before = "\n\n" if "\n\n" in text[end : sentence.start] else text[end : sentence.start]
        yield before + plain(text[sentence.start : sentence.end])
        end = sentence.end


def pack(parts: Iterable[str], limit: int = MESSAGE) -> list[str]:
    """Fill parts, each with the white space before it, into as few texts as will hold them.

    No text is longer than `limit`, as Discord counts; a part that is alone too long is cut.
    """
    packed = [""]
    for part in (piece for whole in parts for piece in _cut(whole, limit)):
        if length(packed[-1]) + length(part) > limit:
            packed.append("")
        packed[-1] += part if packed[-1] else part.lstrip()
    return [text.rstrip() for text in packed if text.strip()]


def _cut(part: str, limit: int) -> Iterator[str]:
    while length(part) > limit:
        end = _last_break(part, limit)
        yield part[:end]
        part = part[end:]
    yield part


def _last_break(part: str, limit: int) -> int:
    """The place to cut a text that is too long: after a space, or at least not within a whole."""
    end = limit
    while length(part[:end]) > limit:
        end -= 1
    if space := part.rfind(" ", end // 2, end) + 1:
        return space
    wholes = (match.span() for match in WHOLE.finditer(part))
    # One that is itself too long begins at 0, and has to be cut.
    return next((start for start, stop in wholes if start < end < stop), end) or end
