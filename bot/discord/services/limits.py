"""Limits: questions in a while and at one moment, retries, and how long anything may wait."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from discord.ext.commands import Cooldown, CooldownMapping

from bot.discord.language.translation import N_, _, ngettext

CLOSING = N_("I am about to restart. Ask me again in a minute.")
BUSY = N_("I am busy with many questions right now. Please try again in a moment.")


@dataclass(frozen=True, slots=True)
class Allowance:
    """`questions` of one member in `seconds`, and `at_once` of all members together."""

    questions: int = 5
    seconds: float = 30.0
    at_once: int = 64


@dataclass(frozen=True, slots=True)
class Timing:
    """Tries, and pauses and intervals in seconds."""

    # A message that was too much at once for Discord (429): how often it is tried, the pause where
    # there is no Retry-After, and the longest Retry-After that is obeyed.
    tries: int = 5
    pause: float = 1.0
    longest_pause: float = 30.0
    # A growing answer: how long a text stands before it is edited, and how long at most after
    # Discord refused an edit.
    edit_interval: float = 1.0
    longest_edit_interval: float = 30.0
    # Between two looks at a long job: more frequent edits tell members no more.
    job_interval: float = 2.0
    # Between two looks at whether a digest is due.
    digest_interval: float = 3600.0
    # At the end: for questions in flight to be answered, and for jobs to say that they gave up.
    grace: float = 20.0
    job_grace: float = 5.0


class InFlight:
    """The tasks inside a `counted` block, to be counted and waited for."""

    def __init__(self) -> None:
        self._tasks = set[asyncio.Task[Any]]()

    def __len__(self) -> int:
        return len(self._tasks)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count the task that runs the block as in flight until the block ends."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def landed(self, seconds: float) -> bool:
        """Wait until all that is in flight now is done; False if it was not in time."""
        if not self._tasks:
            return True
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        return not late


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
        """The reason why a member may not ask now; None counts as one question asked."""
        if self.closing:
            return _(CLOSING)
        if len(self.questions) >= self.allowance.at_once:
            return _(BUSY)
        wait = self._recent.update_rate_limit(member, time.monotonic())
        if wait is None:
            return None
        return ngettext(
            "That was a lot of questions. Please wait {count} second.",
            "That was a lot of questions. Please wait {count} seconds.",
            max(1, round(wait)),
        )
