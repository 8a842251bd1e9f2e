"""A connection to addresses that were checked, each of whose steps ends by the deadline."""

import http.client
import io
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from .deadline import Deadline
from .network import Network
from .url import USUAL_PORTS, Place

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

BUFFER = 64 * 1024


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


class Connection(http.client.HTTPConnection):
    """Asks nobody where its host lies, and tells it its name: in Host, in TLS, to the certificate.

    `context` is None for plain http. Whoever makes one hangs it up.
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
        """Dials one address after the other. Raises OSError where none answers."""
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
        """Ends what goes over the connection, for another thread that waits for it."""
        if self._line is not None:
            with suppress(OSError):
                # The plain socket's own: what TLS would do first is for the other thread alone.
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Ends the connection. `close` doesn't: http.client calls it before the answer is read."""
        self.close()
        if self._line is not None:
            self._line.close()
