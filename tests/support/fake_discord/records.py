"""What a bot asked of Discord, what members did, and what is to go wrong."""

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
        """Whether it is of that kind."""
        return self.method == method and fnmatch(self.path, pattern)

    @property
    def passed(self) -> bool:
        """Whether it was answered, and not with an error."""
        return 0 < self.status < FAILED

    @property
    def data(self) -> dict[str, Any]:
        """The message in it, be it an answer to an interaction or not."""
        body = self.body if isinstance(self.body, dict) else {}
        return body.get("data") or body

    @property
    def content(self) -> str:
        """What that message says."""
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
        """Where its first answer goes."""
        return f"/interactions/{self.id}/{self.token}/callback"

    @property
    def original(self) -> str:
        """Where that answer is edited."""
        return f"/webhooks/{APPLICATION}/{self.token}/messages/@original"


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of the next request of a kind: it waits, or is refused, or both."""

    method: str
    pattern: str
    released: asyncio.Event
    refusal: web.Response | None = None
