"""Put the hyperlinks of a document back into a text of it, as Discord writes them."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from bot.discord.messages.markdown import LINK_END
from retrieval.types import Hyperlink

LONGEST = 300  # characters of an address: a longer one is left out, the words stay
# Words that stay a link's.
ON_ONE_LINE = re.compile(r"(?=[^\W\d_]|.*[^\W\d_])[^\[\]\n`*]+")
WRITTEN = re.compile(r"\[([^\[\]\n]+)\]\(https?://[^\s()]+\)")

Span = tuple[int, int]


def with_hyperlinks(
    text: str, found: Sequence[Hyperlink], start: int, spans: Sequence[Span] = ()
) -> tuple[str, list[Span]]:
    """A text that begins at an offset of its document, each link in it as `[words](address)`, and
    where the spans in it, counted from its own beginning, are afterwards."""
    pieces: list[str] = []
    moved: list[tuple[int, int]] = []  # what stood from here on, stands so much further on
    at = 0
    for link in found:
        first, last = link.start - start, link.end - start
        cut = any(first < edge < last for span in spans for edge in span)
        if first < at or cut or not ON_ONE_LINE.fullmatch(text[first:last]):
            continue
        address = LINK_END.sub(lambda sign: quote(sign[0], safe=""), link.address)
        if len(address) <= LONGEST and "://" not in text[first:last]:
            pieces += text[at:first], f"[{text[first:last]}](", address, ")"
            at = last
            moved += (first + 1, 1), (last, len(address) + 3)
    pieces.append(text[at:])
    return "".join(pieces), [_moved(span, moved) for span in spans]


def _moved(span: Span, moved: Sequence[tuple[int, int]]) -> Span:
    start, end = span
    return (
        start + sum(by for at, by in moved if at <= start),
        end + sum(by for at, by in moved if at <= end),
    )


def without_hyperlinks(text: str) -> str:
    """The text with the words of links alone."""
    return WRITTEN.sub(r"\1", text)
