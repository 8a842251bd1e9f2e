"""The logs of a running bot: a line an event, fit for a machine and harmless to a terminal."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from bot.output.logs import LOGGERS, begin_logging
from tests.support.shell import STEERING

log = logging.getLogger("bot.example")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Gives logging back as it was: it belongs to the whole process."""
    loggers = [logging.getLogger(name) for name in (None, *LOGGERS)]
    levels = [logger.level for logger in loggers]
    handlers, disabled = logging.root.handlers[:], logging.root.manager.disable
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    logging.root.handlers[:] = handlers
    logging.disable(disabled)


def logging_to_text(in_json: bool = False) -> StringIO:
    stream = StringIO()
    begin_logging(in_json, stream)
    return stream


def test_an_event_is_a_line_with_its_particulars_by_name() -> None:
    stream = logging_to_text()
    log.info("question", extra={"way": "ask", "answered": True, "seen": "two words"})
    at, rest = stream.getvalue().split(" ", 1)
    assert at.startswith("at=20")
    assert at.endswith("Z")
    assert rest == (
        'level=info logger=bot.example event=question way=ask answered=true seen="two words"\n'
    )


def test_in_json_an_event_is_an_object_a_line() -> None:
    stream = logging_to_text(in_json=True)
    log.warning("may not answer in %s", "general", extra={"code": 50013, "what": "für 中文"})
    event: dict[str, Any] = json.loads(stream.getvalue())
    assert event.pop("at")
    assert event == {
        "level": "warning",
        "logger": "bot.example",
        "event": "may not answer in general",
        "code": 50013,
        "what": "für 中文",
    }
    assert "für 中文" in stream.getvalue()


@pytest.mark.parametrize("in_json", [False, True])
def test_a_traceback_stays_within_the_line_of_its_event(in_json: bool) -> None:
    stream = logging_to_text(in_json)
    try:
        raise ValueError("no good")
    except ValueError:
        log.exception("failed")
    (line,) = stream.getvalue().splitlines()
    assert "ValueError: no good" in line
    assert "test_logs.py" in line


@pytest.mark.parametrize("in_json", [False, True])
def test_what_is_logged_steers_no_terminal_and_forges_no_line(in_json: bool) -> None:
    stream = logging_to_text(in_json)
    log.info("question", extra={"question": "\x1b[2J why?\r\nat=now\u202e \x9b31m\u2028 end"})
    (line,) = stream.getvalue().splitlines()
    assert STEERING.search(line) is None
    assert "why?" in line


@pytest.mark.parametrize("name", ["discord.gateway", "bot.anything"])
def test_the_bot_and_discord_tell_what_they_do(name: str) -> None:
    stream = logging_to_text()
    logging.getLogger(name).info("connected")
    logging.getLogger(name).debug("a payload with all that was said")
    assert [line.split()[3] for line in stream.getvalue().splitlines()] == ["event=connected"]


def test_other_libraries_tell_what_is_wrong_alone() -> None:
    stream = logging_to_text()
    chroma = logging.getLogger("chromadb.segment")
    chroma.info("loading")
    chroma.warning("broken")
    assert "loading" not in stream.getvalue()
    assert "event=broken" in stream.getvalue()


def test_errors_alone_can_be_asked_for() -> None:
    stream = StringIO()
    begin_logging(False, stream, logging.ERROR)
    for name in ("bot.example", "discord.client", "chromadb"):
        logging.getLogger(name).warning("unheard")
        logging.getLogger(name).error("heard")
    events = [line.split()[3] for line in stream.getvalue().splitlines()]
    assert events == ["event=heard"] * 3


def test_a_command_line_that_was_silent_before_is_heard() -> None:
    logging.disable(logging.CRITICAL)
    stream = logging_to_text()
    log.error("heard")
    assert "event=heard" in stream.getvalue()
