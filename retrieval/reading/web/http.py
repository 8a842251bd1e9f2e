"""One request and its answer, over a connection to checked addresses that ends by a deadline."""

import http.client
import io
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import TYPE_CHECKING, cast

from retrieval.reading.limits import Deadline, FetchLimits

from .body import check_readable, media_type, read_body
from .errors import MOVED, NOT_MODIFIED, OK
from .resolve import Network
from .url import USUAL_PORTS, Place

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


BUFFER = 64 * 1024  # bytes


# Always the same, so that what a server says of a page is said of the same variant of it.
HEADERS = {
    "Accept": (
        "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf, */*;q=0.5"
    ),
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer. The body is read only where the status is 200."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def location(self) -> str:
        """The address of the page where it has moved, as the server has it, or ""."""
        moved = self.status in MOVED and self.headers["Location"]
        # Headers are read as Latin-1, and what stands here is often UTF-8 all the same.
        return moved.encode("latin-1", "replace").decode("utf-8", "replace") if moved else ""


def exchange(
    connection: "Connection", target: str, agent: str, known: dict[str, str], limits: FetchLimits
) -> Answer:
    """Ask for a path and query. `known` are the headers that ask whether a page has changed.

    Raises NoPageError for a body that is not to be read; OSError, HTTPException or zlib.error for
    an answer that doesn't come whole, or makes no sense.
    """
    try:
        connection.request("GET", target, headers={"User-Agent": agent} | HEADERS | known)
        response = connection.getresponse()
        if response.status < OK or (response.status == NOT_MODIFIED and not known):
            raise HTTPException
        body = _body(response, limits) if response.status == OK else b""
        return Answer(response.status, response.headers, body)
    finally:
        connection.hang_up()


def _body(response: HTTPResponse, limits: FetchLimits) -> bytes:
    check_readable(media_type(response.headers["Content-Type"]))
    return read_body(response, limits.size, limits.cut)


class Connection(http.client.HTTPConnection):
    """A connection to given addresses, which tells its host's name: in Host, in TLS, and to the
    certificate.

    `context` is None for plain http. The maker of one hangs it up.
    """

    def __init__(
        self,
        place: Place,
        addresses: Sequence[str],
        network: Network,
        context: ssl.SSLContext | None,
        deadline: Deadline,
    ) -> None:
        super().__init__(place.host, place.port)
        self.default_port = USUAL_PORTS[place.scheme]  # which Host leaves out
        self._addresses, self._network, self._deadline = addresses, network, deadline
        self._context = context
        self._line: socket.socket | None = None

    def connect(self) -> None:
        """Dial one address after the other. Raises OSError where none answers."""
        for left in range(len(self._addresses), 0, -1):
            try:
                self._line = self._open(self._addresses[-left], self._deadline.left() / left)
                break
            except ssl.SSLError:
                raise  # a certificate is no better elsewhere
            except OSError:
                if left == 1:
                    raise
        self.sock = cast(
            socket.socket, TimedSocket(cast(socket.socket, self._line), self._deadline)
        )

    def _open(self, address: str, seconds: float) -> socket.socket:
        line = self._network.dial(address, self.port, seconds)
        if self._context is None:
            return line
        try:
            line.settimeout(self._deadline.left())
            return self._context.wrap_socket(line, server_hostname=self.host)
        except OSError:
            line.close()
            raise

    def cut(self) -> None:
        """End what goes over the connection, for another thread that waits for it."""
        if self._line is not None:
            with suppress(OSError):
                # The plain socket's own: what TLS would do first is for the other thread alone.
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """End the connection. `close` doesn't: http.client calls it before the answer is read."""
        self.close()
        if self._line is not None:
            self._line.close()


class TimedSocket(io.RawIOBase):
    """A socket that is never waited for past the deadline, however slowly the other side drips.

    A socket's own time limit begins anew with every byte.
    """

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._line, self._deadline = line, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._line.settimeout(self._deadline.left())
        return self._line.recv_into(buffer)

    def sendall(self, data: "ReadableBuffer") -> None:
        self._line.settimeout(self._deadline.left())
        self._line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        # On another object, because http.client closes this one before the answer has been read.
        return io.BufferedReader(TimedSocket(self._line, self._deadline), BUFFER)
