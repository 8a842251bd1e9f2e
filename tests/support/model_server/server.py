"""A chat model's server on this machine that does as it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread

from .behaviours import Behaviour
from .exchange import Asked, Exchange
from .wire import NAME

MODELS = {"object": "list", "data": [{"id": NAME, "object": "model", "owned_by": "tests"}]}


class ModelServer:
    """The server. It takes the behaviours of its script in order, and stays with the last.

    `pages` are the values that it has by path; other paths are not there (404).
    """

    def __init__(self, *script: Behaviour) -> None:
        self.pages: dict[str, object] = {"/v1/models": MODELS}
        self.script = list(script)
        self.asked: list[Asked] = []
        self._lock = Lock()
        self._done = Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    @contextmanager
    def running(self) -> Iterator["ModelServer"]:
        """Serves until the block ends."""
        thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._done.set()
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                exchange = Exchange(self, Asked(self.path, dict(self.headers), {}), server._done)
                if self.path in server.pages:
                    exchange.send_json(server.pages[self.path])
                else:
                    exchange.send(b"", "text/plain", 404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked = Asked(self.path, dict(self.headers), json.loads(body))
                server._next(asked).answer(Exchange(self, asked, server._done))

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        return Handler

    def _next(self, asked: Asked) -> Behaviour:
        with self._lock:
            self.asked.append(asked)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the tests."""
