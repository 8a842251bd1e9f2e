"""Split long texts into as many messages of 2,000 characters as they need, at ends of parts."""

import re
from collections.abc import Iterable, Iterator, Sequence

# Discord's limit for a message, in characters.
MESSAGE = 2000
# These mean something else when cut: a backslash with the character it escapes, and an address.
WHOLE = re.compile(r"\\.|<https?://[^\s>]+>", re.IGNORECASE)

# A block of code: one that is cut is closed and opened again.
CODE = re.compile(r"(?P<before>\s*)(?P<opened>```[^\n`]*\n)(?P<lines>.*)\n```", re.DOTALL)
CLOSED = "\n```"


def length(text: str) -> int:
    """The length of a text as Discord counts: an emoji may count as two."""
    return len(text.encode("utf-16-le", errors="replace")) // 2


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


def fitting(parts: Sequence[str], room: int) -> list[str]:
    """The first of some parts, as many as there is room for."""
    for kept in range(len(parts), 0, -1):
        if sum(map(length, parts[:kept])) <= room:
            return list(parts[:kept])
    return []


def _cut(part: str, limit: int) -> Iterator[str]:
    code = CODE.fullmatch(part)
    if code and length(part) > limit:
        yield from _cut_code(code, limit)
        return
    while length(part) > limit:
        end = _last_break(part, limit)
        yield part[:end]
        part = part[end:]
    yield part


def _cut_code(code: re.Match[str], limit: int) -> Iterator[str]:
    """Yield code in blocks of their own, each of whole lines where they are short enough."""
    room = limit - length(code["before"] + code["opened"]) - len(CLOSED)
    chunk = ""
    for line in code["lines"].splitlines(keepends=True):
        for piece in _cut(line, room):
            if length(chunk) + length(piece) > room:
                yield f"{code['before']}{code['opened']}{chunk.rstrip()}{CLOSED}"
                chunk = ""
            chunk += piece
    yield f"{code['before']}{code['opened']}{chunk.rstrip()}{CLOSED}"


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
