"""Ways of a model's server with a request: as it should be, and above all as it shouldn't."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .exchange import Exchange
from .wire import chunk, completion, error, usage_of


class Behaviour(Protocol):
    """The server's way with one request for an answer."""

    def answer(self, exchange: Exchange) -> None:
        """Sends what there is to send."""


@dataclass(frozen=True, slots=True)
class Says:
    """An answer, whole or in pieces as it is asked for.

    The pauses, in seconds, are before the first piece and between two. `usage` is how many tokens
    are said to have been read and written, None where the server counts none.
    """

    pieces: Sequence[str]
    before: float = 0.0
    between: float = 0.0
    usage: tuple[int, int] | None = (20, 5)
    finish: str = "stop"

    def answer(self, exchange: Exchange) -> None:
        exchange.pause(self.before)
        if not exchange.asked.body.get("stream"):
            message = {"role": "assistant", "content": "".join(self.pieces)}
            exchange.send_json(completion(message, self.finish) | usage_of(self.usage))
        else:
            self._stream(exchange)

    def _stream(self, exchange: Exchange) -> None:
        exchange.begin_stream()
        for number, piece in enumerate(self.pieces):
            exchange.pause(self.between if number else 0.0)
            exchange.send_event(chunk({"content": piece}))
        exchange.send_event(chunk({}, self.finish))
        wanted = exchange.asked.body.get("stream_options") or {}
        if self.usage and wanted.get("include_usage"):
            exchange.send_event(chunk() | usage_of(self.usage))
        exchange.send_piece(b"data: [DONE]\n\n")
        exchange.end_stream()


@dataclass(frozen=True, slots=True)
class Empty:
    """An answer without a word."""

    def answer(self, exchange: Exchange) -> None:
        Says([], usage=(20, 0)).answer(exchange)


@dataclass(frozen=True, slots=True)
class Refuses:
    """A status that is no success, with a body."""

    status: int
    body: Mapping[str, Any] | str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, exchange: Exchange) -> None:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        kind = "text/plain" if isinstance(self.body, str) else "application/json"
        exchange.send(text.encode(), kind, self.status, self.headers)


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes as they are, as a success: a stream with nonsense in it, or no stream at all."""

    data: bytes
    kind: str = "text/event-stream"

    def answer(self, exchange: Exchange) -> None:
        exchange.send(self.data, self.kind)


@dataclass(frozen=True, slots=True)
class BreaksOff:
    """Hangs up after these pieces; without any, before the status."""

    pieces: Sequence[str] = ()

    def answer(self, exchange: Exchange) -> None:
        exchange.send_start(self.pieces)


@dataclass(frozen=True, slots=True)
class Stalls:
    """Says no more after these pieces; without any, not even the status.

    With `pings`, it keeps sending what only says that the connection is alive.
    """

    pieces: Sequence[str] = ()
    pings: bool = False

    def answer(self, exchange: Exchange) -> None:
        exchange.send_start(self.pieces)
        while exchange.pause(0.02):
            if self.pings:
                exchange.send_piece(b": ping\n\n")


# The words in which OpenAI and llama.cpp say that a prompt is longer than the context.
TOO_LONG_OPENAI = Refuses(
    400,
    error(
        "This model's maximum context length is 8192 tokens. However, your messages resulted in "
        "12101 tokens. Please reduce the length of the messages.",
        type="invalid_request_error",
        param="messages",
        code="context_length_exceeded",
    ),
)
TOO_LONG_LLAMA_CPP = Refuses(
    400,
    error(
        "request (12101 tokens) exceeds the available context size (8192 tokens), try "
        "increasing it",
        code=400,
        type="exceed_context_size_error",
        n_prompt_tokens=12101,
        n_ctx=8192,
    ),
)
