"""One question's leave to ask the chat model."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from .budget import Usage
from .circuit_breaker import Breaker
from .errors import UncountedError
from .notices import SPENT, UNAVAILABLE

log = logging.getLogger(__name__)


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
    _waiting: "asyncio.Task[str | None] | None" = field(default=None, init=False)

    def refusal(self) -> str:
        """Why the model may not be asked now, in words for members; empty where it may."""
        if not self.breaker.admits:
            return UNAVAILABLE
        try:
            if self._taken is None:
                self._taken = self.usage.take(self.asker)
        except UncountedError as error:
            log.error("the chat model is not asked", extra={"reason": str(error)})
            return UNAVAILABLE
        return "" if self._taken else SPENT

    async def listen(self, pieces: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
        """What a call to the model brings, until the leave is over; then the call is ended."""
        async with aclosing(pieces):
            while not self.over and (piece := await self._next(pieces)) is not None:
                yield piece

    async def _next(self, pieces: AsyncGenerator[str, None]) -> str | None:
        """The next piece, None where there is no other or nobody waits for it any longer."""
        self._waiting = asyncio.create_task(_following(pieces))
        try:
            return await self._waiting
        except asyncio.CancelledError:
            if not self.over or _is_cancelled():
                raise
            return None

    def end(self) -> None:
        """The leave is over, even for a call that is being waited for."""
        self.over = True
        if self._waiting is not None:
            self._waiting.cancel()


async def _following(pieces: AsyncGenerator[str, None]) -> str | None:
    return await anext(pieces, None)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
