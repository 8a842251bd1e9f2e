"""A limit on the time that something takes altogether, however many steps it has."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Deadline:
    """A number of seconds from now on."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """The seconds that are left, more than 0. Raises TimeoutError where there are none."""
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the time for the block."""
        began = self._clock()
        try:
            yield
        finally:
            self._end += self._clock() - began
