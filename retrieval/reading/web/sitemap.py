"""Read a site's sitemaps: its own pages, each once, and no more than are wanted.

A file may be up to anything; all that is taken from it are addresses.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urljoin

from retrieval.errors import N_
from retrieval.reading import limits

from .body import MAGIC, gunzip
from .errors import NoPageError, WebError, naming
from .fetch import Page
from .url import Place, read_place

if TYPE_CHECKING:
    from lxml import etree

Get = Callable[[str], Page | None]
MOST_FAILURES = 3  # maps that can't be read, after which the others are left alone as well
NO_PAGES = N_("lists no page of its own site. Give the address of a sitemap, or of one page.")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A site's pages, by canonical address.

    `left_out` are those in the maps read beyond what was wanted. `unread` are maps that were not
    read, or not to their end: where there are any, more pages than `left_out` may be missing.
    """

    pages: tuple[str, ...]
    left_out: int
    unread: int


def read_sitemaps(
    get: Get, maps: Sequence[str], host: str, most: int, allowed: frozenset[str]
) -> Sitemap:
    """The pages that some sitemaps list, and the sitemaps that those name, up to `most`.

    Pages count that lie at `host`, or where the first sitemaps do. Raises WebError where none of
    `maps` can be read, and NoPageError where they list no page.
    """
    tour = _Tour(get, host, most, allowed)
    tour.read(maps)
    if not tour.pages:
        raise NoPageError(NO_PAGES)
    return Sitemap(tuple(tour.pages), tour.left_out, tour.unread)


class _Tour:
    def __init__(self, get: Get, host: str, most: int, allowed: frozenset[str]) -> None:
        self.pages: list[str] = []
        self.left_out = self.unread = 0
        self._get, self._most, self._allowed = get, most, allowed
        self._hosts = {host}
        self._seen: set[str] = set()
        self._maps: deque[str] = deque()
        self._failures = self._read = 0

    def read(self, maps: Sequence[str]) -> None:
        self._maps.extend(maps)
        self._seen.update(maps)
        while self._maps and self._goes_on():
            url = self._maps.popleft()
            try:
                self._take(url, first=url in maps)
            except WebError:
                self.unread += 1
                self._failures += 1
                if not self._maps and not self._read:
                    raise
        self.unread += len(self._maps)

    def _goes_on(self) -> bool:
        return (
            len(self.pages) < self._most
            and len(self._seen) < limits.MOST_LOCATIONS
            and self._read + self._failures < limits.MOST_SITEMAPS
            and self._failures < MOST_FAILURES
        )

    def _take(self, url: str, first: bool) -> None:
        page = self._get(url)
        if page is None:
            return
        there = read_place(page.validators.url, self._allowed)
        with naming(url):
            found = locations(page.body, limits.MOST_IN_A_SITEMAP + 1)
        self._read += 1
        if first:
            # A site may be sent on to its "www.", and its pages with it.
            self._hosts.add(there.host)
        self.unread += len(found) > limits.MOST_IN_A_SITEMAP
        for location in found[: limits.MOST_IN_A_SITEMAP]:
            self._note(location, there)

    def _note(self, location: "Location", there: Place) -> None:
        try:
            place = read_place(urljoin(there.url, location.url), self._allowed)
        except (NoPageError, ValueError):
            return
        if place.host not in self._hosts or place.url in self._seen:
            return
        self._seen.add(place.url)
        if location.is_map:
            self._maps.append(place.url)
        elif len(self.pages) < self._most:
            self.pages.append(place.url)
        else:
            self.left_out += 1


# --- A file

DEEPEST = 16  # elements within one another; a sitemap has three, four with an image
PIECE = 64 * 1024
BOM = b"\xef\xbb\xbf"
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
# Many a sitemap has addresses with a plain "&" in them, which a lenient parser would leave out.
BARE_AMPERSAND = re.compile(rb"&(?![A-Za-z]+;|#)")
CDATA_MARKS = (b"<![CDATA[", b"]]>")
CDATA_MARK = re.compile(rb"(<!\[CDATA\[|\]\]>)")


class Location(NamedTuple):
    """An address in a sitemap: of a page, or of another sitemap."""

    url: str
    is_map: bool


def locations(body: bytes, most: int) -> list[Location]:
    """The addresses in a sitemap, in order, up to `most`: of an XML or a text file, or gzip.

    Raises NoPageError for gzip that is damaged or unpacks to more than 20 MiB. What is no sitemap
    holds none.
    """
    if body.startswith(MAGIC):
        body = gunzip(body, limits.LARGEST_SITEMAP)
    found = _from_xml(body, most) if XML.match(body) else _from_text(body)
    return list(islice(found, most))


def _from_text(body: bytes) -> Iterator[Location]:
    for line in BytesIO(body.removeprefix(BOM)):
        if url := line.decode("utf-8", "replace").strip():
            yield Location(url, is_map=False)


def _from_xml(body: bytes, most: int) -> list[Location]:
    from lxml import etree

    found = _Locations()
    # A sitemap has no use for entities of its own, and they are what attacks are made of.
    if b"<!DOCTYPE" in body:
        return []
    parser, inside = _parser(found), False
    with suppress(etree.LxmlError):  # what stands before the flaw is good
        for piece in _pieces(body.lstrip()):
            events = found.events
            mended, inside = _mend(piece, inside)
            parser.feed(mended)
            # No sitemap has a tag or comment that goes on for so long, and a tag takes twenty times
            # its size in memory.
            if len(found.found) >= most or found.too_deep or found.events == events:
                break
    return found.found


def _parser(target: "_Locations") -> "etree.XMLParser":
    from lxml import etree

    return etree.XMLParser(
        target=cast("etree.ParserTarget", target),
        encoding="utf-8",  # whatever it says it is: in UTF-7 a DOCTYPE would not look like one
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )


def _pieces(body: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(body):
        # Cut after a tag, so that nothing that is to be mended lies in two pieces.
        end = body.rfind(b">", start, start + PIECE) + 1
        if len(body) - start <= PIECE:
            end = len(body)
        if not end:
            return
        yield body[start:end]
        start = end


def _mend(piece: bytes, inside: bool) -> tuple[bytes, bool]:
    """Escape bare ampersands. `inside` says whether the piece begins, and in what is returned ends,
    within a CDATA section.
    """
    parts = []
    for part in CDATA_MARK.split(piece):
        if part in CDATA_MARKS:
            inside = part == CDATA_MARKS[0]
        parts.append(part if inside else BARE_AMPERSAND.sub(b"&amp;", part))
    return b"".join(parts), inside


class _Locations:
    """The addresses that a parser comes upon. No tree is built, so that none fills the memory."""

    def __init__(self) -> None:
        self.found: list[Location] = []
        self.events = 0
        self.too_deep = False
        self._path: list[str] = []
        self._text = ""

    def start(self, tag: str, attributes: object) -> None:
        self.events += 1
        self.too_deep = self.too_deep or len(self._path) >= DEEPEST
        if not self.too_deep:
            self._path.append(tag.rpartition("}")[2])
        self._text = ""

    def data(self, text: str) -> None:
        self.events += 1
        # What is too long stays so, by a character or more.
        if len(self._text) <= limits.LONGEST_URL:
            self._text = (self._text + text).lstrip()

    def end(self, tag: str) -> None:
        self.events += 1
        match self._path[-2:]:
            case ["url" | "sitemap" as kind, "loc"] if not self.too_deep:
                self.found.append(Location(self._text.strip(), kind == "sitemap"))
        if self._path and not self.too_deep:
            self._path.pop()

    def close(self) -> None:
        """Do nothing: the parser calls it at the end of a file."""
