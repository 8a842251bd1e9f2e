"""How fast sites are asked: one request at a time each, and never in quick succession."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock

from .errors_x import NoAnswerError

APART = 0.5  # seconds from the start of one request to a host to the start of the next
GLANCE = 0.25  # seconds after which a thread that waits for another looks whether to stop
FORGOTTEN = 60.0  # seconds without a request, after which a host is a new one
STOPPED = "was not fetched, because Footnote is stopping. Try again later."


@dataclass(slots=True)
class _Queue:
    lock: Lock = field(default_factory=Lock)
    users: int = 0
    started: float = float("-inf")


class Pace:
    """Makes threads take turns, host by host: one of these for the whole process."""

    def __init__(
        self, stopping: Event, clock: Callable[[], float] = time.monotonic, apart: float = APART
    ) -> None:
        """Who waits is sent away as soon as `stopping` is set."""
        self.stopping, self.clock, self.apart = stopping, clock, apart
        self._queues: dict[str, _Queue] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str, apart: float = 0.0) -> Iterator[None]:
        """Waits until a host may be asked, and holds others off meanwhile.

        `apart` are the seconds that the host wants between requests, if more than usual. Raises
        NoAnswerError when it is time to stop.
        """
        with self._joined(host) as queue:
            self._acquire(queue.lock)
            try:
                self._rest(queue.started + max(self.apart, apart) - self.clock())
                queue.started = self.clock()
                yield
            finally:
                queue.lock.release()

    @contextmanager
    def _joined(self, host: str) -> Iterator[_Queue]:
        with self._lock:
            self._forget()
            queue = self._queues.setdefault(host, _Queue())
            queue.users += 1
        try:
            yield queue
        finally:
            with self._lock:
                queue.users -= 1

    def _forget(self) -> None:
        old = self.clock() - FORGOTTEN
        self._queues = {
            host: queue
            for host, queue in self._queues.items()
            if queue.users or queue.started > old
        }

    def _acquire(self, lock: Lock) -> None:
        while not lock.acquire(timeout=GLANCE):
            if self.stopping.is_set():
                raise NoAnswerError(STOPPED)

    def _rest(self, seconds: float) -> None:
        if self.stopping.wait(max(seconds, 0.0)):
            raise NoAnswerError(STOPPED)
