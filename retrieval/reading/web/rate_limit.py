"""Take turns at a site: one request at a time, never in quick succession, none while it is busy."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Lock

from retrieval.errors import N_, Sentence

from .errors import BUSY, NoAnswerError, in_words, wait_after
from .fetch import Fetched

APART = 0.5  # seconds from the start of one request to a host to the start of the next
GLANCE = 0.25  # seconds after which a thread that waits for another looks whether to stop
FORGOTTEN = 60.0  # seconds without a request, after which a host is a new one
STOPPED = N_("was not fetched, because Footnote is stopping. Try again later.")


@dataclass(slots=True)
class _Queue:
    lock: Lock = field(default_factory=Lock)
    users: int = 0
    started: float = float("-inf")


class Pace:
    """Turns that threads take, host by host: one of these for the whole process."""

    def __init__(
        self, stopping: Event, clock: Callable[[], float] = time.monotonic, apart: float = APART
    ) -> None:
        """Threads that wait are sent away as soon as `stopping` is set."""
        self.stopping, self.clock, self.apart = stopping, clock, apart
        self._queues: dict[str, _Queue] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str, apart: float = 0.0) -> Iterator[None]:
        """Wait until a host may be asked, and hold others off meanwhile.

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


class Busy:
    """The hosts that want fewer requests for now. Any number of threads may ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def reason(self, host: str) -> str:
        """The reason not to ask a host yet, with the time to wait; "" where it may be asked."""
        now = self._clock()
        with self._lock:
            self._until = {name: until for name, until in self._until.items() if until > now}
            until = self._until.get(host)
        return "" if until is None else Sentence(BUSY, wait=in_words(until - now))

    def note(self, fetched: Fetched) -> None:
        """Remember it if an answer says that its host wants fewer requests."""
        answer = fetched.answer
        wait = wait_after(answer.status, answer.headers["Retry-After"], datetime.now(UTC))
        if wait is not None:
            with self._lock:
                self._until[fetched.place.host] = self._clock() + wait
