"""A library whose answers a server writes that speaks OpenAI's API, and how it fares."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from retrieval.answer.abstention import UNAVAILABLE
from retrieval.answer.chat.options import ChatOptions, Patience
from retrieval.library import Library
from retrieval.types import Answer

from .asking import House
from .behaviours import Behaviour, Refuses
from .server import ModelServer
from .wire import NAME, error

# For what answers at once, so that a busy machine is no failure.
PATIENT = Patience(20.0, 20.0, 20.0)
AT_ONCE = {"Retry-After": "0.01"}
BUSY = Refuses(429, error("slower, please"), AT_ONCE)
NO_KEY = Refuses(401, error("no such key"))


@contextmanager
def answered_at(
    house: House, url: str, patience: Patience = PATIENT, context: int | None = None
) -> Iterator[Library]:
    """Documents whose questions go to the server at that address."""
    options = ChatOptions(f"openai:{NAME}", url, context=context, patience=patience)
    with house.answered_by(None, options) as library:
        yield library


@contextmanager
def served(
    house: House, *script: Behaviour, patience: Patience = PATIENT, context: int | None = None
) -> Iterator[tuple[Library, ModelServer]]:
    """Documents whose questions go to a server with that script, and the server."""
    with (
        ModelServer(*script).running() as server,
        answered_at(house, server.url, patience, context) as library,
    ):
        yield library, server


def quoted(answer: Answer) -> bool:
    """Return true if an answer quotes the documents, and says that the model is unavailable."""
    return (answer.reader, answer.note) == ("quote", UNAVAILABLE) and bool(answer.citations)


def reasons(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The reasons in the warnings that the model failed; there are to be no others."""
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert {record.getMessage() for record in warnings} <= {"the chat model failed"}
    return [str(record.__dict__["reason"]) for record in warnings]
