"""One question's leave to ask the chat model."""

from dataclasses import dataclass, field

from .breaker import Breaker
from .notes import SPENT, UNAVAILABLE
from .usage import Usage


@dataclass(slots=True)
class Leave:
    """Taken from the day's budget when it is first needed, once however many calls are made.

    It is `over` when enough has been heard: what the model goes on to write is not waited for.
    """

    usage: Usage
    breaker: Breaker
    asker: str
    over: bool = field(default=False, init=False)
    _taken: bool | None = field(default=None, init=False)

    def refusal(self) -> str:
        """Why the model may not be asked now, in words for members; empty where it may."""
        if not self.breaker.admits:
            return UNAVAILABLE
        if self._taken is None:
            self._taken = self.usage.take(self.asker)
        return "" if self._taken else SPENT
