"""Requests of a bot, interactions of members, and rules for answers that fail or wait."""

import asyncio
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from aiohttp import web

from .payloads import APPLICATION

FAILED = 400


@dataclass(slots=True)
class Request:
    """Something that the bot asked of Discord, when it came, and what it was answered with."""

    method: str
    path: str
    body: Any
    at: float
    status: int = 0

    def matches(self, method: str, pattern: str) -> bool:
        """Tell whether it is of that kind."""
        return self.method == method and fnmatch(self.path, pattern)

    @property
    def passed(self) -> bool:
        """Tell whether it was answered, and not with an error."""
        return 0 < self.status < FAILED

    @property
    def data(self) -> dict[str, Any]:
        """The message in it, be it an answer to an interaction or not."""
        body = self.body if isinstance(self.body, dict) else {}
        return body.get("data") or body

    @property
    def content(self) -> str:
        """The text of that message."""
        return self.data.get("content") or ""

    @property
    def replies_to(self) -> int | None:
        """The number of the message that it replies to."""
        reference = self.data.get("message_reference")
        return int(reference["message_id"]) if reference else None


@dataclass(frozen=True, slots=True)
class Called:
    """An interaction, and when the bot was told of it."""

    id: int
    token: str
    at: float

    @property
    def callback(self) -> str:
        """The path that its first answer goes to."""
        return f"/interactions/{self.id}/{self.token}/callback"

    @property
    def original(self) -> str:
        """The path at which that answer is edited."""
        return f"/webhooks/{APPLICATION}/{self.token}/messages/@original"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for the next request of a kind: it waits, or is refused, or both."""

    method: str
    pattern: str
    released: asyncio.Event
    refusal: web.Response | None = None
