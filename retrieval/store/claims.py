"""Who is at work on what: threads that would do the same thing do it one after the other."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Condition


class Claims:
    """Things by their names, of which each is one thread's at a time."""

    def __init__(self) -> None:
        self._free = Condition()
        self._claimed = set[str]()

    @contextmanager
    def on(self, names: Iterable[str]) -> Iterator[None]:
        """The block has all that is named to itself, after waiting for whoever has some of it.

        A block claims nothing more inside: two that waited for each other would wait for ever.
        """
        wanted = frozenset(names)
        with self._free:
            self._free.wait_for(lambda: self._claimed.isdisjoint(wanted))
            self._claimed |= wanted
        try:
            yield
        finally:
            with self._free:
                self._claimed -= wanted
                self._free.notify_all()
