"""Chat completions as OpenAI's interface writes them."""

from collections.abc import Mapping
from typing import Any

NAME = "scripted"


def error(message: str, **more: object) -> dict[str, Any]:
    """The body of an answer that is none."""
    return {"error": {"message": message, **more}}


def chunk(delta: Mapping[str, str] | None = None, finish: str | None = None) -> dict[str, Any]:
    """A bit of a streamed answer; without `delta`, one that says nothing about the text."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return _envelope("chat.completion.chunk", choices)


def completion(message: Mapping[str, str], finish: str) -> dict[str, Any]:
    """A whole answer."""
    return _envelope("chat.completion", [{"index": 0, "message": message, "finish_reason": finish}])


def _envelope(kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 0, "model": NAME, "choices": choices}


def usage_of(tokens: tuple[int, int] | None) -> dict[str, Any]:
    """Return the tokens that an answer says it read and wrote; empty where nothing was counted."""
    if tokens is None:
        return {}
    read, written = tokens
    names = ("prompt_tokens", "completion_tokens", "total_tokens")
    return {"usage": dict(zip(names, (read, written, read + written), strict=True))}
