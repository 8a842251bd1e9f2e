"""One request to a model's server, and the ways to answer it, down to the bytes."""

import json
import select
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any

from .wire import chunk

NO_HEADERS: Mapping[str, str] = {}


@dataclass(slots=True)
class Asked:
    """A request that the server got. `left` is set when its client hangs up before the end."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    left: Event = field(default_factory=Event)


class Exchange:
    """One request, and the ways to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, asked: Asked, done: Event) -> None:
        self.asked = asked
        self._handler = handler
        self._done = done

    def pause(self, seconds: float) -> bool:
        """Waits; false if nobody waits for more, because the client left or the server ends."""
        if self._done.wait(seconds):
            return False
        connection = self._handler.connection
        readable, _, _ = select.select([connection], [], [], 0)
        if readable:  # the request was read, so all that can come is the end
            self.asked.left.set()
        return not readable

    def send(
        self, data: bytes, kind: str, status: int = 200, headers: Mapping[str, str] = NO_HEADERS
    ) -> None:
        """Sends a whole answer."""
        self._head(kind, status, {"Content-Length": str(len(data))} | dict(headers))
        self._handler.wfile.write(data)

    def send_json(self, value: object) -> None:
        """Sends a whole answer that is a value."""
        self.send(json.dumps(value).encode(), "application/json")

    def begin_stream(self) -> None:
        """Begins an answer that comes bit by bit, and whose end its client can tell."""
        self._head("text/event-stream", 200, {"Transfer-Encoding": "chunked"})

    def send_event(self, value: object) -> None:
        """Sends a bit of it that is a value."""
        self.send_piece(b"data: %s\n\n" % json.dumps(value).encode())

    def send_piece(self, data: bytes) -> None:
        """Sends a bit of it."""
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def end_stream(self) -> None:
        """Ends it."""
        self._handler.wfile.write(b"0\r\n\r\n")

    def send_start(self, pieces: Sequence[str]) -> None:
        """Sends the start of an answer that has no end; without pieces, nothing."""
        self._handler.close_connection = True
        if pieces:
            self.begin_stream()
        for piece in pieces:
            self.send_event(chunk({"content": piece}))

    def _head(self, kind: str, status: int, headers: Mapping[str, str]) -> None:
        # LangChain's client outlives a test, and its connections must not: its event loop is gone.
        known = {"Content-Type": kind, "Connection": "close"}
        self._handler.send_response(status)
        for name, value in (known | dict(headers)).items():
            self._handler.send_header(name, value)
        self._handler.end_headers()
