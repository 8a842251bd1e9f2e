"""A model that fails is not asked again by every question: a circuit breaker.

Closed, every question goes to the model. After some failures in a row it opens, and none does. Once
a pause is over it is half open: one question tries, and its outcome closes or opens it again
(M. Nygard, “Release It!”, 2007). The libraries that do this let everybody try who comes in the half
open state, or hold a lock while an answer streams.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from .options import ChatModelError

# Failures in a row until it opens.
FAILURES = 3
# Seconds until somebody tries again: at first, and at most; each failed try doubles them.
PAUSE, LONGEST_PAUSE = 30.0, 480.0


@dataclass(slots=True)
class Breaker:
    """Counts failures in a row. Any thread or task may use it; `clock` is in seconds."""

    clock: Callable[[], float] = time.monotonic
    _lock: Lock = field(default_factory=Lock, init=False)
    _failures: int = field(default=0, init=False)
    _opened: float = field(default=0.0, init=False)
    _trying: object | None = field(default=None, init=False)

    @property
    def admits(self) -> bool:
        """True where a question that came now could go to the model."""
        with self._lock:
            return self._admits()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """A call to the model: a ChatModelError that leaves the block is a failure.

        What else leaves it, a cancelled question for example, says nothing about the model; but who
        stops listening has heard it speak. Raises ChatModelError at once where no call is to be
        made.
        """
        call = self._enter()
        try:
            yield
        except ChatModelError:
            self._failed(call)
            raise
        except GeneratorExit:
            self._succeeded()
            raise
        except BaseException:
            self._let_go(call)
            raise
        self._succeeded()

    def _admits(self) -> bool:
        if self._failures < FAILURES:
            return True
        return self._trying is None and self.clock() >= self._opened + self._pause

    @property
    def _pause(self) -> float:
        return min(PAUSE * 2.0 ** (self._failures - FAILURES), LONGEST_PAUSE)

    def _enter(self) -> object:
        """Lets a call begin, and gives what it is known by."""
        with self._lock:
            if not self._admits():
                raise ChatModelError("it failed several times in a row, and is left alone")
            call = object()
            self._trying = call if self._failures >= FAILURES else None
            return call

    def _failed(self, call: object) -> None:
        with self._lock:
            # Calls that were under way when it opened may fail as well: that is nothing new.
            if self._trying is call or self._failures < FAILURES:
                self._failures += 1
                self._opened = self.clock()
        self._let_go(call)

    def _let_go(self, call: object) -> None:
        with self._lock:
            if self._trying is call:
                self._trying = None

    def _succeeded(self) -> None:
        with self._lock:
            self._failures, self._trying = 0, None
