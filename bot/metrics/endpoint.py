"""Serve metrics and health beside a library that is kept open.

They are at `/metrics` and `/health`, at a port that no other machine can reach.
"""

import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from socketserver import ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

from bot.output.logs import LOGGERS
from bot.settings import Settings
from retrieval.errors import FootnoteError
from retrieval.types import COMMON

from .meter import Meter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from bot.discord.startup.client import Footnote
    from retrieval.library import Library


HERE = "127.0.0.1"
FULL_TEXT = "1 while vectors can't be had, and answers come from the full text alone."


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a library and its bot: `wrong` stops answers, `worse` makes them poorer."""

    ok: bool
    wrong: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()


class _ThreadingServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _SilentHandler(WSGIRequestHandler):
    """A handler without a log: monitoring asks every few seconds."""

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def page(meter: Meter, health: Callable[[], Health], port: int) -> Iterator[int]:
    """Serve `/metrics` and `/health` until the block ends, and give the port.

    Raises FootnoteError if it is taken.
    """
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
        server = make_server(HERE, port, answer, _ThreadingServer, _SilentHandler)
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


@contextmanager
def metered(
    settings: Settings, library: "Library", bot: "Footnote | None" = None
) -> Iterator[int | None]:
    """Count what the library does, and serve that, where the settings name a port for it.

    Gives the port. Raises FootnoteError if it can't be had.
    """
    if settings.metrics_port is None:
        yield None
        return
    meter = Meter()
    meter.watch("libraries", "Libraries in the home.", lambda: len(library.home.names()))
    meter.watch("full_text_alone", FULL_TEXT, lambda: bool(library.home.vectors.failure))
    if bot is not None:
        _watch(meter, bot)
    library.observer = meter
    try:
        with (
            _listening(meter),
            page(meter, lambda: health(library, bot), settings.metrics_port) as port,
        ):
            yield port
    finally:
        library.observer = None


class _LogCounter(logging.Handler):
    """A log handler that counts warnings and errors in a meter."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(logging.WARNING)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        self._meter.logged(record)


@contextmanager
def _listening(meter: Meter) -> Iterator[None]:
    ear, loggers = _LogCounter(meter), [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        logger.addHandler(ear)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(ear)


def _watch(meter: Meter, bot: "Footnote") -> None:
    meter.watch(
        "questions_in_flight",
        "Questions being answered.",
        lambda: len(bot.services.limits.questions),
    )
    meter.watch("jobs_in_flight", "Long jobs on documents.", lambda: len(bot.services.jobs))
    meter.watch("servers", "Discord servers that the bot is in.", lambda: len(bot.guilds))
    meter.watch("discord_latency_seconds", "Discord's heartbeat.", lambda: bot.latency)


def health(library: "Library", bot: "Footnote | None" = None) -> Health:
    """The health of a library, which must be readable, and of a bot, which must be connected."""
    wrong = (*_library_faults(library), *_discord_faults(bot))
    failure = library.home.vectors.failure
    worse = (f"answers come from the full text alone: {failure}",) if failure else ()
    return Health(not wrong, wrong, worse)


def _library_faults(library: "Library") -> Iterator[str]:
    try:
        if library.has(COMMON):
            library.home.store(COMMON).catalog.row("SELECT count(*) FROM settings")
    except (FootnoteError, sqlite3.Error) as error:
        yield f"the library can't be read: {error}"


def _discord_faults(bot: "Footnote | None") -> Iterator[str]:
    if bot is not None and (bot.is_closed() or not bot.is_ready()):
        yield "Discord is not connected"
