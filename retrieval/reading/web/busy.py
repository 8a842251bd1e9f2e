"""Hosts that said when they want to be asked again: until then they are left alone."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from .errors import BUSY, in_words, wait_after
from .page import Fetched


class Busy:
    """Remembers who wants fewer requests. Any number of threads may ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def reason(self, host: str) -> str:
        """Why a host is not to be asked yet, with the time to wait; "" where it may be."""
        now = self._clock()
        with self._lock:
            self._until = {name: until for name, until in self._until.items() if until > now}
            until = self._until.get(host)
        return "" if until is None else BUSY.format(wait=in_words(until - now))

    def note(self, fetched: Fetched) -> None:
        """Remembers it if an answer says that its host wants fewer requests."""
        answer = fetched.answer
        wait = wait_after(answer.status, answer.headers["Retry-After"], datetime.now(UTC))
        if wait is not None:
            with self._lock:
                self._until[fetched.place.host] = self._clock() + wait
