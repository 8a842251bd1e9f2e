"""List the pages of a MediaWiki export: the latest text of each, by its title.

Only its few known tags are looked for, each once, and in time that grows with its length: it is
never parsed as XML, in which a few characters can stand for very many.
"""

import html
import re
from collections.abc import Iterator
from functools import partial

from .member import Data, Listing, Member, damaged, too_many

OPENING = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<mediawiki[\s>]")
BEGINNING = 1000  # bytes, in which it says what it is
PAGE, PAGE_END = b"<page>", b"</page>"
TITLE = re.compile(rb"<title>([^<]{1,2000})</title>")
NAMESPACE = re.compile(rb"<ns>(-?\d{1,6})</ns>")
REDIRECT = re.compile(rb"<redirect[\s/>]")
TEXT = re.compile(rb"<text[^<>]{0,500}>")
TEXT_END = b"</text>"
HEAD = 4096  # bytes of a page, in which its title stands
# Articles, the project's own pages and help; and what a wiki adds by itself, which begins at 100.
# Odd numbers are talk.
READ, OWN = frozenset((0, 4, 12)), 100
SUFFIX = ".wiki"


def is_wiki_export(data: Data) -> bool:
    """Return whether bytes begin as an export of a wiki's pages."""
    return OPENING.match(data[:BEGINNING].removeprefix(b"\xef\xbb\xbf")) is not None


def list_wiki(data: Data, called: str, most: int) -> Listing:
    """The pages of an export, but for talk, templates, redirects and the like.

    Raises LoadError where it was cut off, or holds too many.
    """
    listing = Listing()
    for start, end in _pages(data, called):
        if reason := _unread(data[start : min(end, start + HEAD)]):
            listing.left_out[reason] += 1
            continue
        if len(listing.members) >= most:
            raise too_many(called, most)
        if (member := _member(data, start, end)) is not None:
            listing.members.append(member)
    return listing


def _pages(data: Data, called: str) -> Iterator[tuple[int, int]]:
    at = data.find(PAGE)
    while at >= 0:
        end = data.find(PAGE_END, at)
        if end < 0:
            raise damaged(called)
        yield at, end
        at = data.find(PAGE, end)


def _unread(head: bytes) -> str:
    """The reason for which a page is left out, or ""."""
    namespace = NAMESPACE.search(head)
    number = int(namespace[1]) if namespace else 0
    if REDIRECT.search(head):
        return "redirect"
    if number % 2:
        return "page of talk"
    return "" if number in READ or number >= OWN else "page of another kind"


def _member(data: Data, start: int, end: int) -> Member | None:
    """A page by its title, with the text of its latest version, which is the last."""
    title = TITLE.search(data[start : min(end, start + HEAD)])
    last = data.rfind(b"<text", start, end)
    opening = TEXT.match(data[last : last + HEAD]) if last >= 0 else None
    begin = last + opening.end() if opening else end
    close = data.find(TEXT_END, begin, end)
    if title is None or close < 0:
        return None
    name = html.unescape(title[1].decode(errors="replace")).strip()
    size = close - begin
    return Member(name, size, partial(_text, data, begin, close), name=f"{name}{SUFFIX}")


def _text(data: Data, start: int, end: int) -> bytes:
    return html.unescape(data[start:end].decode(errors="replace")).encode()
