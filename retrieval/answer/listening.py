"""Items that are made for somebody who may stop listening."""

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Made(Generic[Item]):
    """Items that a task of its own makes, so that whoever stops listening can let it finish.

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
