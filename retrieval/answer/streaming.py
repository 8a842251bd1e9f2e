"""Streams of answers across tasks and threads.

A background task that goes on when its listener stops; and async generators run from synchronous
code, step by step, on a private event loop.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from threading import RLock
from typing import Generic, TypeVar

from langchain_core.callbacks import BaseCallbackHandler

from retrieval.indexing.sync.change import Change
from retrieval.types import Added

Item = TypeVar("Item")


class BackgroundStream(Generic[Item]):
    """A background task that finishes producing even when its consumer stops iterating.

    To close LangChain's iterators, or to cancel what waits for them, leaves some of those within
    them open for as long as it pleases the garbage collector.
    """

    def __init__(self, items: AsyncIterator[Item]) -> None:
        """Begins. It wants a running event loop."""
        self._made = asyncio.Queue[Item | None]()
        self._task = asyncio.create_task(self._make(items))

    async def _make(self, items: AsyncIterator[Item]) -> None:
        try:
            async for item in items:
                self._made.put_nowait(item)
        finally:
            self._made.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Item]:
        """The items as they come, none of which is None. Raises what making them raises."""
        while (item := await self._made.get()) is not None:
            yield item
        await self._task

    async def finished(self) -> None:
        """Waits until all are made, or making them failed."""
        await asyncio.gather(self._task, return_exceptions=True)


class SyncBridge:
    """One loop for all calls, since what holds connections belongs to the loop it was used in.

    Threads may share it: each stream is one thread's at a time.
    """

    def __init__(self) -> None:
        self._lock = RLock()

    @cached_property
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


class Observer(BaseCallbackHandler):
    """A LangChain handler of the chain's steps, which is told of documents as well.

    Several threads call it at once.
    """

    def told(self, results: Iterator[Added], library: str) -> Iterator[Added]:
        """The same results, each after it was told."""
        for added in results:
            self.added(added, library)
            yield added

    def added(self, added: Added, library: str) -> None:
        """Hear what became of one source."""

    def told_of_sync(self, changes: Iterator[Change], library: str) -> Iterator[Change]:
        """The same changes, each after it was told."""
        for change in changes:
            self.synced(change, library)
            yield change

    def synced(self, change: Change, library: str) -> None:
        """Hear what was found where a source was looked at again."""
