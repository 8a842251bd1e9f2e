"""Work done ahead: while something is used, what comes next is made in a thread of its own."""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from threading import Condition, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")

# Seconds after which whoever waits looks up, so that Ctrl-C is heard.
LOOK = 0.1


def ahead(
    items: Iterable[Item], most: int, weight: Callable[[Item], int]
) -> Generator[Item, None, None]:
    """The items in their order, some made before they are asked for: what waits weighs at most
    `most`, or is one item.

    What making them raises, is raised here in its place. When this is closed, no more are made,
    and the thread has ended.
    """
    between = _Between[Item](most)
    thread = Thread(target=between.fill, args=(items, weight), name="ahead", daemon=True)
    thread.start()
    try:
        yield from between.taken()
    finally:
        between.close()
        thread.join()


class _Between(Generic[Item]):
    """What has been made and not been asked for yet."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.waiting = deque[tuple[Item, int]]()
        self.weight = 0
        self.finished = self.closed = False
        self.error: BaseException | None = None
        self.changed = Condition()

    def fill(self, items: Iterable[Item], weight: Callable[[Item], int]) -> None:
        """Makes the items until there are no more, or nobody wants any."""
        try:
            for item in items:
                if not self._put(item, weight(item)):
                    return
        except BaseException as error:  # noqa: BLE001 -- raised where the item would have come
            self.error = error
        with self.changed:
            self.finished = True
            self.changed.notify_all()

    def _put(self, item: Item, weight: int) -> bool:
        """Whether somebody still wanted it."""
        with self.changed:
            self.changed.wait_for(
                lambda: self.closed or not self.waiting or self.weight + weight <= self.most
            )
            self.waiting.append((item, weight))
            self.weight += weight
            self.changed.notify_all()
            return not self.closed

    def taken(self) -> Generator[Item, None, None]:
        """The items as they come."""
        while True:
            with self.changed:
                while not self.waiting and not self.finished:
                    self.changed.wait(LOOK)
                if not self.waiting:
                    break
                item, weight = self.waiting.popleft()
                self.weight -= weight
                self.changed.notify_all()
            yield item
        if self.error is not None:
            raise self.error

    def close(self) -> None:
        """Nobody wants any more."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
