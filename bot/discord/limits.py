"""How much may be asked at once: by one member in a while, and by all at one moment.

What is being worked on at the moment, so that it can be counted and waited for.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from discord.ext.commands import Cooldown, CooldownMapping


class InFlight:
    """The tasks inside a `counted` block."""

    def __init__(self) -> None:
        self._tasks = set[asyncio.Task[Any]]()

    def __len__(self) -> int:
        return len(self._tasks)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """While the block runs, the task that runs it is in flight."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def landed(self, seconds: float) -> bool:
        """Waits until all that is in flight now is done; whether it was in time."""
        if not self._tasks:
            return True
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        return not late


CLOSING = "I am about to restart. Ask me again in a minute."
BUSY = "I am busy with many questions right now. Please try again in a moment."


@dataclass(frozen=True, slots=True)
class Allowance:
    """`questions` of one member in `seconds`, and `at_once` of all members together."""

    questions: int = 5
    seconds: float = 30.0
    at_once: int = 64


@dataclass(slots=True)
class Limits:
    """Counts questions. A refusal is an answer in words, not an error."""

    allowance: Allowance = field(default_factory=Allowance)
    closing: bool = False
    questions: InFlight = field(default_factory=InFlight)
    _recent: "CooldownMapping[int]" = field(init=False)

    def __post_init__(self) -> None:
        cooldown = Cooldown(self.allowance.questions, self.allowance.seconds)
        self._recent = CooldownMapping(cooldown, lambda member: member)

    def refusal(self, member: int) -> str | None:
        """Why this member may not ask now, or None; None counts as one question asked."""
        if self.closing:
            return CLOSING
        if len(self.questions) >= self.allowance.at_once:
            return BUSY
        wait = self._recent.update_rate_limit(member, time.monotonic())
        if wait is None:
            return None
        seconds = max(1, round(wait))
        unit = "second" if seconds == 1 else "seconds"
        return f"That was a lot of questions. Please wait {seconds} {unit}."
