"""Servers on this machine that stand in for the whole web, and a network that leads to them."""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from socket import socket
from threading import Event, Thread

from retrieval.reading.limits import FetchLimits
from retrieval.reading.web.fetch import Fetcher
from retrieval.reading.web.resolve import Network

PUBLIC = "93.184.215.14"
HOME = "http://a.example.com"


@dataclass
class Reply:
    """A server's reply: an answer, or raw bytes, or what a function writes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[BufferedIOBase], object] | None = None


def moved(where: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status=status, headers={"Location": where})


def raw(*pieces: bytes, pause: Event | None = None) -> Reply:
    """Bytes as they are; with a pause, a twentieth of a second apart, until it is set."""

    def write(out: BufferedIOBase) -> None:
        for piece in pieces:
            out.write(piece)
            out.flush()
            if pause is not None and pause.wait(0.05):
                return

    return Reply(raw=write)


@dataclass
class Asked:
    """A request that a server got."""

    path: str
    headers: Mapping[str, str]


class Site:
    """A server of pages by path. What it doesn't have is not there (404)."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[Asked] = []
        self.done = Event()
        self.client: ssl.SSLContext | None = None
        self._server = _Server(("127.0.0.1", 0), self._handler())
        if context is not None:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = self._server.server_port

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [asked.path for asked in self.asked]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(Asked(self.path, dict(self.headers)))
                _send(self, site.replies.get(self.path, Reply(status=404)))

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler

    @contextmanager
    def running(self) -> Iterator["Site"]:
        """Serve until the block ends."""
        thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.done.set()
            self._server.shutdown()
            thread.join()
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up, or trust no certificate, are part of the tests."""


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.raw is not None:
        handler.close_connection = True
        reply.raw(handler.wfile)
        return
    known = handler.headers["If-None-Match"]
    same = known is not None and known == reply.headers.get("ETag")
    handler.send_response(304 if same else reply.status)
    length = {} if same else {"Content-Length": str(len(reply.body))}
    for name, value in (length | dict(reply.headers)).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(b"" if same else reply.body)


class Lookalike(Network):
    """All names lead to a public address, and that, whatever the port, to one server here.

    `answers` are what looking up a name gives, the first time, the second time and so on.
    """

    def __init__(self, port: int, answers: Iterable[list[str]] | None = None) -> None:
        self.port = port
        self.answers = iter(answers) if answers is not None else None
        self.looked_up: list[str] = []
        self.dialled: list[tuple[str, int]] = []

    def look_up(self, name: str, port: int) -> list[str]:
        self.looked_up.append(name)
        return next(self.answers) if self.answers is not None else [PUBLIC]

    def is_own(self, address: str) -> bool:
        return False

    def dial(self, address: str, port: int, seconds: float) -> socket:
        self.dialled.append((address, port))
        return super().dial("127.0.0.1", self.port, seconds)


class Clock(Event):
    """A clock that stands still, but that a thread that waits for this event moves it on."""

    def __init__(self) -> None:
        super().__init__()
        self.now = time.monotonic()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        if timeout:
            self.waits.append(round(timeout, 3))
            self.now += timeout
        return self.is_set()

    def __call__(self) -> float:
        return self.now


def fetcher(
    site: Site,
    limits: FetchLimits | None = None,
    answers: Iterable[list[str]] | None = None,
    allowed: frozenset[str] = frozenset(),
    clock: Callable[[], float] = time.monotonic,
) -> Fetcher:
    """As in production, in a world where all names lead to one server."""
    return Fetcher(
        Lookalike(site.port, answers),
        allowed,
        context=site.client,
        limits=limits or FetchLimits(seconds=20.0),
        clock=clock,
    )
