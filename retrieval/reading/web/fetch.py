"""One page over HTTP: from checked addresses only, within a time and a size, redirects followed."""

import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from urllib.parse import urljoin

from retrieval.store.once import once

from .agent import user_agent
from .deadline import Deadline
from .errors import MOVED_FOR_GOOD
from .errors_x import NoPageError
from .exchange import Answer, Limits, exchange
from .explaining import explaining
from .http import Connection
from .network import Network
from .page import Fetched, Validators
from .resolve import resolve
from .url import NOWHERE, Place, read_place

Admit = Callable[[Place], AbstractContextManager[None]]

TOO_FAR = "is sent on more than {times} times. Check the address."
TO_NOWHERE = "is sent on to what is no address. Check the address."
DOWNGRADED = "leads from https to http, which is not safe. Check the address."


class Fetcher:
    """Fetches pages. It goes out directly, whatever proxies the environment names: behind one, it
    couldn't know which addresses are asked.
    """

    def __init__(
        self,
        network: Network | None = None,
        allowed_hosts: frozenset[str] = NOWHERE,
        contact: str | None = None,
        context: ssl.SSLContext | None = None,
        limits: Limits | None = None,
    ) -> None:
        """`allowed_hosts` are those that the operator named, as "host" or "host:port": they are
        asked wherever they lie. `contact` is the address of a page that says who is asking.
        """
        self.network = network or Network()
        self.allowed = frozenset(host.lower() for host in allowed_hosts)
        self.agent = user_agent(contact)
        self.limits = limits or Limits()
        self._open = set[Connection]()
        if context is not None:
            self.context = context

    @once
    def context(self) -> ssl.SSLContext:
        """How certificates are checked; made when it is first needed, from the system's own."""
        return ssl.create_default_context()

    def cut(self) -> None:
        """Ends the answers that are under way: whoever waits for them gets a NoPageError."""
        for connection in self._open.copy():
            connection.cut()

    def get(
        self,
        url: str,
        validators: Validators | None = None,
        admit: Admit = lambda place: nullcontext(),
        limits: Limits | None = None,
    ) -> Fetched:
        """The answer that redirects end at, whatever its status.

        `admit` is held around the request to each place on the way: it may make that wait, or raise
        NoPageError. Raises NoPageError for what can't be fetched, or is not to be.
        """
        limits = limits or self.limits
        deadline = Deadline(limits.seconds)
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
        raise NoPageError(TOO_FAR.format(times=limits.redirects))

    def _ask(
        self, place: Place, validators: Validators | None, deadline: Deadline, limits: Limits
    ) -> Answer:
        addresses = resolve(place, place.is_among(self.allowed), self.network, deadline)
        context = self.context if place.scheme == "https" else None
        connection = Connection(place, addresses, self.network, context, deadline)
        # Nobody else is told what a server says of its pages.
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
            raise NoPageError(f"leads to an address that {error}") from error
        if place.scheme == "https" and following.scheme == "http":
            raise NoPageError(DOWNGRADED)
        return following


def _admitted(place: Place, admit: Admit, deadline: Deadline) -> ExitStack:
    # To be made to wait is not the server's time.
    with ExitStack() as stack, deadline.paused():
        stack.enter_context(admit(place))
        return stack.pop_all()
