"""The page of metrics and health, beside a library that is kept open."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.output.logs import LOGGERS
from bot.settings import Settings
from retrieval.errors import FootnoteError
from retrieval.types import COMMON

from .meter import Meter
from .page_x import Health, page

if TYPE_CHECKING:
    from bot.discord.client import Footnote
    from retrieval.library import Library

FULL_TEXT = "1 while vectors can't be had, and answers come from the full text alone."


@contextmanager
def metered(
    settings: Settings, library: "Library", bot: "Footnote | None" = None
) -> Iterator[int | None]:
    """Counts what the library does, and serves that, where the settings name a port for it.

    Gives the port. Raises FootnoteError if it can't be had.
    """
    if settings.metrics_port is None:
        yield None
        return
    meter = Meter()
    meter.watch("libraries", "Libraries in the home.", lambda: len(library.home.names()))
    meter.watch("full_text_alone", FULL_TEXT, lambda: bool(library.home.store.failure))
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


class _Ear(logging.Handler):
    """Tells a meter of what goes wrong."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(logging.WARNING)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        """Counts a record."""
        self._meter.logged(record)


@contextmanager
def _listening(meter: Meter) -> Iterator[None]:
    ear, loggers = _Ear(meter), [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        logger.addHandler(ear)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(ear)


def _watch(meter: Meter, bot: "Footnote") -> None:
    meter.watch(
        "questions_in_flight", "Questions being answered.", lambda: len(bot.limits.questions)
    )
    meter.watch("jobs_in_flight", "Long jobs on documents.", lambda: len(bot.jobs))
    meter.watch("servers", "Discord servers that the bot is in.", lambda: len(bot.guilds))
    meter.watch("discord_latency_seconds", "Discord's heartbeat.", lambda: bot.latency)


def health(library: "Library", bot: "Footnote | None" = None) -> Health:
    """Whether the library can be read, and Discord is connected where there is a bot."""
    wrong = (*_library_faults(library), *_discord_faults(bot))
    failure = library.home.store.failure
    worse = (f"answers come from the full text alone: {failure}",) if failure else ()
    return Health(not wrong, wrong, worse)


def _library_faults(library: "Library") -> Iterator[str]:
    try:
        if library.has(COMMON):
            library.home.shelf(COMMON).catalog.row("SELECT count(*) FROM settings")
    except (FootnoteError, sqlite3.Error) as error:
        yield f"the library can't be read: {error}"


def _discord_faults(bot: "Footnote | None") -> Iterator[str]:
    if bot is not None and (bot.is_closed() or not bot.is_ready()):
        yield "Discord is not connected"
