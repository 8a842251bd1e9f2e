"""How much may be asked at once: by one member in a while, and by all at one moment."""

import time
from dataclasses import dataclass, field

from discord.ext.commands import Cooldown, CooldownMapping

from .flight import InFlight

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
