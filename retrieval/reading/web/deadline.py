"""A limit on the time that something takes altogether, however many steps it has."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Deadline:
    """A number of seconds from now on."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left, more than 0. Raises TimeoutError where there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the time for the block."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._end += time.monotonic() - began
