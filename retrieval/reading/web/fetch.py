"""Fetch one page: from checked addresses only, within a time and a size, redirects followed."""

import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPException
from urllib.parse import urljoin

from retrieval.errors import N_, Counted, Sentence
from retrieval.reading.limits import Deadline, FetchLimits

from .body import charset, file_name, media_type
from .errors import MOVED_FOR_GOOD, NoAnswerError, NoPageError, failure
from .http import Answer, Connection, exchange
from .resolve import Network, resolve
from .url import NOWHERE, Place, read_place
from .user_agent import user_agent

# What is sent back to a server word by word; longer ones, or odd ones, are not worth keeping.
KEPT = re.compile(r"[\x20-\x7e\x80-\xff]{1,500}")

Admit = Callable[[Place], AbstractContextManager[None]]

TO_NOWHERE = N_("is sent on to what is no address. Check the address.")
DOWNGRADED = N_("leads from https to http, which is not safe. Check the address.")


@dataclass(frozen=True, slots=True)
class Validators:
    """A server's marks of a version of a page, to be asked later whether it has changed.

    `url` is where the page was in the end; no other server is sent them.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers to ask with (RFC 9110, 13.1), as they came: our own dates may be wrong."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `asked` is the place that was meant, `place` the one that answered.

    `for_good` says that every redirect from one to the other was.
    """

    asked: Place
    place: Place
    answer: Answer
    for_good: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or any other file.

    `url` is its address as documents keep it: what was asked, or the new one where it has moved for
    good. `name` is a file name for it, or ""; `charset` what its server says of it, unchecked.
    """

    url: str
    body: bytes
    name: str
    charset: str | None
    validators: Validators


class Fetcher:
    """Fetches pages, directly, whatever proxies the environment names: behind one, it couldn't know
    which addresses are asked.
    """

    def __init__(
        self,
        network: Network | None = None,
        allowed_hosts: frozenset[str] = NOWHERE,
        contact: str | None = None,
        context: ssl.SSLContext | None = None,
        limits: FetchLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`allowed_hosts` are those that the operator named, as "host" or "host:port": they are
        asked wherever they lie. `contact` is the address of a page that says who is asking.
        """
        self.network = network or Network()
        self.allowed = frozenset(host.lower() for host in allowed_hosts)
        self.agent = user_agent(contact)
        self.limits = limits or FetchLimits()
        self._clock = clock
        self._open = set[Connection]()
        if context is not None:
            self.context = context

    @cached_property
    def context(self) -> ssl.SSLContext:
        """The check of certificates, by the system's own; made when it is first needed.

        Two threads that need it at once may make two, either of which will do.
        """
        return ssl.create_default_context()

    def cut(self) -> None:
        """End the answers that are under way: threads that wait for them get a NoPageError."""
        for connection in self._open.copy():
            connection.cut()

    def get(
        self,
        url: str,
        validators: Validators | None = None,
        admit: Admit = lambda place: nullcontext(),
        limits: FetchLimits | None = None,
    ) -> Fetched:
        """The answer that redirects end at, whatever its status.

        `admit` is held around the request to each place on the way: it may make that wait, or raise
        NoPageError. Raises NoPageError for what can't be fetched, or is not to be.
        """
        limits = limits or self.limits
        deadline = Deadline(limits.seconds, self._clock)
        asked = place = read_place(url, self.allowed)
        for_good = True
        for _ in range(limits.redirects + 1):
            with explaining(asked, place, limits.seconds):
                with _admitted(place, admit, deadline):
                    answer = self._ask(place, validators, deadline, limits)
                if not answer.location:
                    return Fetched(asked, place, answer, for_good)
                place = self._next(place, answer.location)
            for_good = for_good and answer.status in MOVED_FOR_GOOD
        raise NoPageError(
            Counted(
                "is sent on more than {count} time. Check the address.",
                "is sent on more than {count} times. Check the address.",
                limits.redirects,
            )
        )

    def _ask(
        self, place: Place, validators: Validators | None, deadline: Deadline, limits: FetchLimits
    ) -> Answer:
        addresses = resolve(place, place.is_among(self.allowed), self.network, deadline)
        context = self.context if place.scheme == "https" else None
        connection = Connection(place, addresses, self.network, context, deadline)
        # No other server is told what one says of its pages.
        known = validators.headers() if validators and validators.url == place.url else {}
        self._open.add(connection)
        try:
            return exchange(connection, place.target, self.agent, known, limits)
        finally:
            self._open.discard(connection)

    def _next(self, place: Place, location: str) -> Place:
        try:
            url = urljoin(place.url, location.strip().replace(" ", "%20"))
        except ValueError:
            raise NoPageError(TO_NOWHERE) from None
        try:
            following = read_place(url, self.allowed)
        except NoPageError as error:
            raise NoPageError("leads to an address that {why}", why=error.sentence) from error
        if place.scheme == "https" and following.scheme == "http":
            raise NoPageError(DOWNGRADED)
        return following


def _admitted(place: Place, admit: Admit, deadline: Deadline) -> ExitStack:
    # To be made to wait is not the server's time.
    with ExitStack() as stack, deadline.paused():
        stack.enter_context(admit(place))
        return stack.pop_all()


def page_of(fetched: Fetched) -> Page:
    """The page that an answer with status 200 holds."""
    headers = fetched.answer.headers
    kind = headers["Content-Type"]
    return Page(
        url=(fetched.place if fetched.for_good else fetched.asked).url,
        body=fetched.answer.body,
        name=file_name(fetched.place, media_type(kind)),
        charset=charset(kind),
        validators=Validators(
            fetched.place.url,
            _kept(headers["ETag"]),
            _kept(headers["Last-Modified"]),
        ),
    )


def _kept(header: str | None) -> str | None:
    return header if header and KEPT.fullmatch(header) else None


@contextmanager
def explaining(asked: Place, place: Place, seconds: float) -> Iterator[None]:
    """Turn what goes wrong at one place into a reason about the one that led there.

    Raises NoAnswerError only where they are the same: nothing is known of the first one otherwise.
    """
    try:
        yield
    except NoPageError as error:
        if place == asked:
            raise
        raise NoPageError(leading(asked, place, error.sentence)) from error
    except (OSError, HTTPException, zlib.error) as error:
        reason = leading(asked, place, failure(error, place.host, seconds))
        raise (NoAnswerError if place == asked else NoPageError)(reason) from error


def leading(asked: Place, place: Place, reason: str) -> str:
    """A reason that is about one place, told of the one that led there."""
    if place == asked:
        return reason
    return Sentence("leads to {page}, which {why}", page=place.url, why=reason)
