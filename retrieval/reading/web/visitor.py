"""Visit web pages: safely fetched, and with regard for their sites."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, replace
from pathlib import PurePath
from threading import Event

from retrieval.reading.formats.registry import BY_KIND
from retrieval.reading.limits import LARGEST_ROBOTS, ROBOTS_SECONDS
from retrieval.reading.raw_document import RawDocument

from .errors import (
    NOT_MODIFIED,
    NOT_THERE,
    OK,
    NoPageError,
    NotThereError,
    WebError,
    naming,
    refusal,
)
from .fetch import Fetched, Fetcher, Page, Validators, leading, page_of
from .rate_limit import STOPPED, Busy, Pace
from .robots import Robots
from .sitemap import Sitemap, read_sitemaps
from .url import Place, read_place

# The suffixes of pages: their bytes change at every visit, by a token or the time of day.
PAGES = {*BY_KIND["html"].suffixes, ""}


def fetch_page(
    visitor: "Visitor", url: str, title: str, source: str = "", seen: Validators | None = None
) -> RawDocument | None:
    """The bytes that stand at an address; None where it is the version that was `seen` before.

    Its source is the address in one spelling, or the one that it is known by already. Raises
    FootnoteError, saying why, for what can't or must not be fetched.
    """
    page = visitor.get(url, seen)
    if page is None:
        return None
    return RawDocument(
        page.body,
        source=source or page.url,
        called=url,
        name=page.name,
        title=title,
        charset=page.charset,
        validators=json.dumps(asdict(page.validators)),
        by_text=PurePath(page.name).suffix.lower() in PAGES,
    )


def read_validators(kept: str | None) -> Validators | None:
    """The validators of a page, as the catalog keeps them."""
    return Validators(**json.loads(kept)) if kept else None


class Visitor:
    """A visitor of sites: one for the whole process, so that none is asked too fast.

    Any number of threads may use it.
    """

    def __init__(
        self,
        fetcher: Fetcher | None = None,
        stopping: Event | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Threads that wait give up as soon as `stopping` is set; `close` sets it as well."""
        self.fetcher = fetcher or Fetcher()
        self.stopping = stopping or Event()
        self._pace = Pace(self.stopping, clock)
        self._busy = Busy(clock)
        self._robots = Robots(self._get_robots, clock)

    def close(self) -> None:
        """End all waiting, and answers under way, now and from now on, with a WebError."""
        self.stopping.set()
        self.fetcher.cut()

    def get(self, url: str, validators: Validators | None = None) -> Page | None:
        """The page at an address; None where it is still what `validators` came with.

        Raises WebError, whose message is a sentence for the person who gave the address.
        """
        with naming(url):
            with self._while_open():
                fetched = self.fetcher.get(url, validators, self._turn)
            if fetched.answer.status == NOT_MODIFIED:
                return None
            if fetched.answer.status != OK:
                kind = NotThereError if fetched.answer.status in NOT_THERE else NoPageError
                raise kind(leading(fetched.asked, fetched.place, self._refusal(fetched)))
            return page_of(fetched)

    def pages(self, url: str, most: int) -> Sitemap:
        """The pages that a sitemap lists, up to `most`; `url` is the sitemap's or the site's.

        For a site, the sitemaps are asked that its robots.txt names, or else /sitemap.xml. Raises
        WebError where they can't be read or list no page.
        """
        with naming(url):
            home = read_place(url, self.fetcher.allowed)
            maps = [home.url] if home.target != "/" else self._sitemaps_of(home)
            with self._while_open():
                found = read_sitemaps(self.get, maps, home.host, most, self.fetcher.allowed)
            if self.stopping.is_set():
                raise NoPageError(STOPPED)  # not to be taken for all of the site
            return found

    @contextmanager
    def _while_open(self) -> Iterator[None]:
        """Tell of closing, and not of a fault of the site, where closing cut something off."""
        try:
            yield
        except (NoPageError, WebError) as error:
            if self.stopping.is_set():
                raise NoPageError(STOPPED) from error
            raise

    def _sitemaps_of(self, home: Place) -> list[str]:
        return self._robots.sitemaps(home) or [f"{home.origin}/sitemap.xml"]

    def _refusal(self, fetched: Fetched) -> str:
        self._busy.note(fetched)
        return self._busy.reason(fetched.place.host) or refusal(fetched.answer.status)

    def _turn(self, place: Place) -> AbstractContextManager[None]:
        if reason := self._busy.reason(place.host):
            raise NoPageError(reason)
        # Before its turn, as robots.txt is asked for in a turn of its own.
        return self._pace.turn(place.host, self._robots.check(place))

    def _get_robots(self, url: str) -> Fetched:
        limits = replace(self.fetcher.limits, seconds=ROBOTS_SECONDS, size=LARGEST_ROBOTS, cut=True)
        fetched = self.fetcher.get(
            url, admit=lambda place: self._pace.turn(place.host), limits=limits
        )
        self._busy.note(fetched)
        return fetched
