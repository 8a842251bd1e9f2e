"""Signals, heard by a function of ours for a while."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# What a terminal sends when its size has changed, where there is such a thing.
RESIZED: signal.Signals | None = getattr(signal, "SIGWINCH", None)


@contextmanager
def hearing(
    number: signal.Signals | None, handler: Callable[[int, FrameType | None], None]
) -> Iterator[None]:
    """Has a signal, where there is such a one, handled until the block ends."""
    if number is None:
        yield
        return
    usual = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, usual)
