"""The logs of a running bot, on standard error: a line an event, its particulars by name.

What members and documents say is not in them, unless the operator asks for the questions.
"""

import logging
import sys
from typing import Any, TextIO

import structlog

from .text import escaped

LOGGERS = ("bot", "retrieval", "discord")


def begin_logging(json: bool, stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send all logs, discord.py's too, to a stream (None: standard error), as text or as JSON."""
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.processors.LogfmtRenderer(
            key_order=["at", "level", "logger", "event"], drop_missing=True, bool_as_flag=False
        )
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", key="at"),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
                _harmless,
            ],
        )
    )
    logging.disable(logging.NOTSET)
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(max(level, logging.WARNING))
    for name in LOGGERS:
        logging.getLogger(name).setLevel(level)


def _harmless(logger: Any, method: str, line: Any) -> str:
    """A line without what would steer the terminal that it is read on."""
    return escaped(line)
