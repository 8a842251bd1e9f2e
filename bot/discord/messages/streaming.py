"""Stream an answer into a message: shown as soon as it begins, then edited until it is whole.

Only the end counts: a part that can't be shown on the way there is logged and left out.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, closing
from functools import partial
from typing import Protocol

import discord

from bot.discord.services.limits import Timing
from retrieval.types import Answer

from .answer import answer_messages, growing_message
from .send import Sleep, patiently, retry_after

log = logging.getLogger(__name__)

# Discord's code where the message to be edited is no longer there.
UNKNOWN_MESSAGE = 10008

Show = Callable[[str, discord.ui.View | None], Awaitable[None]]


class Place(Protocol):
    """A place to show an answer. Both raise discord.HTTPException if Discord refuses."""

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Show the first message, in place of what it showed before."""

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send a further message."""


async def deliver(
    answers: AsyncGenerator[Answer, None],
    place: Place,
    buttons: Callable[[Answer], discord.ui.View],
    timing: Timing,
    quoting: bool = False,
) -> Answer:
    """Show an answer as it is written, and then whole, with its buttons, which may go by it; return
    the whole one.

    One that comes whole at once is shown once. Raises what the answers raise, and
    discord.HTTPException if Discord refuses the whole one.
    """
    with closing(Growing(place, timing)) as message:
        async with aclosing(answers):
            async for answer in answers:
                if not answer.whole:
                    message.grow(growing_message(answer, quoting))
        await message.finish(answer_messages(answer, quoting), buttons(answer))
    return answer


class Growing:
    """A message that grows in the background: its writer never waits for Discord."""

    def __init__(self, place: Place, timing: Timing, sleep: Sleep = asyncio.sleep) -> None:
        self._place = place
        self._timing = timing
        self._interval = timing.edit_interval
        self._sleep = sleep
        self._newest = self._tried = ""
        self._showing = asyncio.Lock()
        self._work: asyncio.Task[None] | None = None

    def grow(self, text: str) -> None:
        """Show a text as soon as may be, unless another has come by then."""
        self._newest = text
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._keep_up())

    async def finish(self, texts: Sequence[str], buttons: discord.ui.View) -> None:
        """Show the final texts: the first in place of what grew, the others after it.

        Raises discord.HTTPException if Discord refuses one of them.
        """
        views = [*[None] * (len(texts) - 1), buttons]
        async with self._showing:  # an edit under way could arrive after what is to replace it
            self.close()
            await self._settle(texts[0], views[0])
        for text, view in zip(texts[1:], views[1:], strict=True):
            await self._send(self._place.add, text, view)

    def close(self) -> None:
        """Stop showing; what is shown stays."""
        if self._work is not None:
            self._work.cancel()

    async def _send(self, show: Show, text: str, view: discord.ui.View | None) -> None:
        await patiently(partial(show, text, view), self._timing, self._sleep)

    async def _settle(self, text: str, view: discord.ui.View | None) -> None:
        try:
            await self._send(self._place.show, text, view)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            # Half an answer may have been taken for a bad one; somebody asked for the whole.
            await self._send(self._place.add, text, view)

    async def _keep_up(self) -> None:
        while self._newest != self._tried:
            self._tried = self._newest
            async with self._showing:
                await self._try(self._tried)
            await self._sleep(self._interval)

    async def _try(self, text: str) -> None:
        try:
            await self._place.show(text)
        except Exception as error:  # whatever it is, the whole answer is still to come
            log.warning("could not show a part of an answer", exc_info=error)
            self._slow_down(error)

    def _slow_down(self, error: Exception) -> None:
        asked = (
            retry_after(error, self._timing) if isinstance(error, discord.HTTPException) else 0.0
        )
        longest = self._timing.longest_edit_interval
        self._interval = min(max(2 * self._interval, asked), longest)
