"""Resolve a host to the IP addresses to dial: looked up once, in time, and each of them checked."""

import logging
import socket
from concurrent.futures import Future
from threading import Thread

from retrieval.errors import N_
from retrieval.reading.limits import Deadline

from .errors import NoPageError
from .ip_ranges import is_address, is_global, is_metadata
from .url import INSIDE, Place

MOST_DIALLED = 4
METADATA = N_("leads to where a cloud keeps its keys, which Footnote never asks.")

log = logging.getLogger(__name__)


def resolve(place: Place, named: bool, network: "Network", deadline: Deadline) -> list[str]:
    """The addresses that a place may be dialled at, by number, so that no name is asked for twice.

    `named` says that the operator named the host: then it may lie inside a network. One address
    that is not to be asked condemns them all. Raises NoPageError for such a one, OSError (and
    TimeoutError) where the name can't be looked up.
    """
    known = is_address(place.host)
    found = [place.host] if known else _look_up(place, named, network, deadline)
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, place.host)
    reason = _objection(found, named, network)
    if reason:
        # Not for the person who asked: it would be a map of the network.
        log.info("%s leads to %s, which is not asked", place.host, ", ".join(found))
        raise NoPageError(reason)
    return list(dict.fromkeys(found))[:MOST_DIALLED]


def _look_up(place: Place, named: bool, network: "Network", deadline: Deadline) -> list[str]:
    # The dot keeps resolvers from trying the name within domains of their own network first. Hosts
    # that the operator named may be known only there, or from a file of hosts.
    name = place.host if named else f"{place.host}."
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            answer.set_result(network.look_up(name, place.port))
        except Exception as error:  # noqa: BLE001 -- it is raised where the answer is waited for
            answer.set_exception(error)

    # Looking up knows no time limit: the waiting ends in time, and the thread by itself.
    Thread(target=ask, name="look-up", daemon=True).start()
    return answer.result(timeout=deadline.left())


def _objection(found: list[str], named: bool, network: "Network") -> str:
    if named:
        return METADATA if any(map(is_metadata, found)) else ""
    if not all(map(is_global, found)) or any(map(network.is_own, found)):
        return INSIDE
    return ""


class Network:
    """The operating system's network, with no rules in it. Tests put their own in its place."""

    def look_up(self, name: str, port: int) -> list[str]:
        """The IP addresses of a name, which may take as long as it likes. Raises OSError."""
        try:
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except UnicodeError:
            raise socket.gaierror(socket.EAI_NONAME, name) from None
        return [str(address[0]) for *_, address in found]

    def is_own(self, address: str) -> bool:
        """Return whether an IP address is this machine's own."""
        with socket.socket(_family(address), socket.SOCK_DGRAM) as probe:
            try:
                # Sends nothing: it only asks from which address a packet would go there.
                probe.connect((address, 9))
            except OSError:
                return False
            return bool(probe.getsockname()[0] == address)

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        """A connection to an IP address, made within some seconds. Raises OSError."""
        line = socket.socket(_family(address), socket.SOCK_STREAM)
        try:
            line.settimeout(seconds)
            line.connect((address, port))
        except OSError:
            line.close()
            raise
        return line


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET
