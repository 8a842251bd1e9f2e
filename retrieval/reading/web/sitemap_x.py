"""A site's sitemaps → its pages: those of its own, each once, and no more than are wanted."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from .errors_x import NoPageError, WebError, naming
from .page import Page
from .sitemap import Location, locations
from .url import Place, read_place

Get = Callable[[str], Page | None]

MOST_MAPS = 50
MOST_FAILURES = 3  # maps that can't be read, after which the others are left alone as well
MOST_IN_A_MAP = 50_000  # by sitemaps.org
MOST_LOCATIONS = 200_000  # in all maps, which are held in memory
NO_PAGES = "lists no page of its own site. Give the address of a sitemap, or of one page."


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
            and len(self._seen) < MOST_LOCATIONS
            and self._read + self._failures < MOST_MAPS
            and self._failures < MOST_FAILURES
        )

    def _take(self, url: str, first: bool) -> None:
        page = self._get(url)
        if page is None:
            return
        there = read_place(page.validators.url, self._allowed)
        with naming(url):
            found = locations(page.body, MOST_IN_A_MAP + 1)
        self._read += 1
        if first:
            # A site may be sent on to its "www.", and its pages with it.
            self._hosts.add(there.host)
        self.unread += len(found) > MOST_IN_A_MAP
        for location in found[:MOST_IN_A_MAP]:
            self._note(location, there)

    def _note(self, location: Location, there: Place) -> None:
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
