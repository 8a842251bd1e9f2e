"""Ask a site what programs may read: its robots.txt, kept for a day (RFC 9309)."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from retrieval.errors import N_, Sentence

from .errors import SERVER_ERROR, TOO_MANY_REQUESTS, NoAnswerError, NoPageError
from .fetch import Fetched
from .url import Place
from .user_agent import NAME

if TYPE_CHECKING:
    from protego import Protego

KEPT, KEPT_UNREAD = 24 * 3600.0, 60.0  # seconds
MOST_KEPT = 1000  # sites
LONGEST_DELAY = 10.0  # seconds that a site is granted between requests
UNREAD = N_("can’t be fetched now: the robots.txt of {host} can’t be read. Try again later.")
FORBIDDEN = N_(
    "is not to be read by programs, as the robots.txt of {host} says. Save it and add the file."
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site. Where there are none, `reason` says why nothing may be asked."""

    parsed: "Protego | None"
    reason: str
    until: float


class Robots:
    """The rules of sites, by scheme, host and port. Any number of threads may ask."""

    def __init__(
        self, get: Callable[[str], Fetched], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`get` fetches a robots.txt, and raises NoPageError."""
        self._get, self._clock = get, clock
        self._kept: OrderedDict[str, Rules] = OrderedDict()
        self._lock = Lock()

    def check(self, place: Place) -> float:
        """The seconds that a site wants between requests. Raises NoPageError for a place that is
        not to be asked.
        """
        rules = self._rules(place)
        if rules.parsed is None:
            raise NoPageError(rules.reason)
        if not rules.parsed.can_fetch(place.url, NAME):
            raise NoPageError(FORBIDDEN, host=place.host)
        return min(rules.parsed.crawl_delay(NAME) or 0.0, LONGEST_DELAY)

    def sitemaps(self, place: Place) -> list[str]:
        """The addresses of sitemaps that a site names, unchecked. Raises NoPageError."""
        rules = self._rules(place)
        if rules.parsed is None:
            raise NoPageError(rules.reason)
        return list(rules.parsed.sitemaps)

    def _rules(self, place: Place) -> Rules:
        with self._lock:
            kept = self._kept.get(place.origin)
        if kept is not None and kept.until > self._clock():
            return kept
        # Two threads may ask at once. Holding the lock meanwhile would make other sites wait.
        rules = self._ask(place)
        with self._lock:
            self._kept[place.origin] = rules
            self._kept.move_to_end(place.origin)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return rules

    def _ask(self, place: Place) -> Rules:
        try:
            answer = self._get(f"{place.origin}/robots.txt").answer
        except NoAnswerError as error:
            return self._unread(error.sentence)  # nor would the page itself have been answered
        except NoPageError:
            return self._unread(Sentence(UNREAD, host=place.host))
        if answer.status == TOO_MANY_REQUESTS or answer.status >= SERVER_ERROR:
            return self._unread(Sentence(UNREAD, host=place.host))
        # A site that has none, or doesn't show it (4xx), allows everything.
        return Rules(_parse(answer.body), "", self._clock() + KEPT)

    def _unread(self, reason: str) -> Rules:
        return Rules(None, reason, self._clock() + KEPT_UNREAD)


def _parse(body: bytes) -> "Protego":
    from protego import Protego

    return Protego.parse(body.decode("utf-8-sig", "replace").replace("\0", ""))
