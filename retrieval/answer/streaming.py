"""What is async, for those who wait for it: on an event loop of its own, a step at a time."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import closing, contextmanager
from threading import RLock
from typing import TypeVar

from retrieval.store.once import once

Item = TypeVar("Item")


class Waiting:
    """One loop for all calls, since what holds connections belongs to the loop it was used in.

    Threads may share it: each stream is one thread's at a time.
    """

    def __init__(self) -> None:
        self._lock = RLock()

    @once
    def _runner(self) -> asyncio.Runner:
        return asyncio.Runner()

    def through(self, items: AsyncGenerator[Item, None]) -> Iterator[Item]:
        """The items, as they come. Ctrl-C, or an end before the last, ends what makes them."""
        with self._lock, self._ending(items):
            while (found := self._runner.run(_following(items))) is not None:
                yield found

    @contextmanager
    def _ending(self, items: AsyncGenerator[Item, None]) -> Iterator[None]:
        try:
            yield
        finally:
            self._runner.run(_end(items))

    def close(self) -> None:
        """Ends the loop, and what may still run there."""
        if "_runner" in vars(self):
            with closing(self._runner):
                pass


async def _following(items: AsyncGenerator[Item, None]) -> Item | None:
    return await anext(items, None)


async def _end(items: AsyncGenerator[Item, None]) -> None:
    await items.aclose()
