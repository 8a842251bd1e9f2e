"""`/metrics` and `/health`, at a port of this machine that nobody else can reach."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from socketserver import ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

from retrieval.errors import FootnoteError

from .meter import Meter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Health:
    """Whether it answers, and what is wrong where it doesn't, or not as well as it could."""

    ok: bool
    wrong: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    """Who looks every few seconds is not worth a line in the log."""

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def page(meter: Meter, health: Callable[[], Health], port: int) -> Iterator[int]:
    """Serves both until the block ends; gives the port. Raises FootnoteError if it is taken."""
    metrics = make_wsgi_app(meter.registry)

    def answer(request: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if request["PATH_INFO"] == "/metrics":
            answered: Iterable[bytes] = metrics(request, start)
            return answered
        found = health() if request["PATH_INFO"] == "/health" else None
        status = "404 Not Found" if found is None else "200 OK"
        if found is not None and not found.ok:
            status = "503 Service Unavailable"
        start(status, [("Content-Type", "application/json")])
        return [json.dumps(asdict(found) if found else {"ok": False}).encode()]

    try:
        server = make_server(HERE, port, answer, _Server, _Silent)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise FootnoteError(f"FOOTNOTE_METRICS_PORT {port} can't be used: {why}.") from error
    thread = Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
