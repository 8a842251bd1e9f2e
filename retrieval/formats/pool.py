"""A few processes that read files, shared by any number of threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from .content import UnreadableError
from .limits import Limits
from .process import Worker


class Pool:
    """Processes that read files, started when they are needed and used again."""

    def __init__(self, processes: int, limits: Limits) -> None:
        self._free = processes
        self._limits = limits
        self._turn = Condition()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._closed = False

    @contextmanager
    def worker(self, fresh: bool = False) -> Iterator[Worker]:
        """A process for the block alone, waiting until there is one; `fresh` has read nothing.

        Raises UnreadableError when all is closed, or the machine can start no more processes.
        """
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._free)
            self.check_open()
            self._free -= 1
        try:
            worker = self._ready(fresh)
            try:
                yield worker
            finally:
                self._put_back(worker)
        finally:
            with self._turn:
                self._free += 1
                self._turn.notify()

    def _ready(self, fresh: bool) -> Worker:
        with self._turn:
            worker = self._idle.pop() if self._idle else None
        # It may have ended while it waited for work.
        if worker and (fresh or not worker.fit):
            worker.close()
            worker = None
        worker = worker or Worker(self._limits)
        with self._turn:
            self._busy.add(worker)
            if self._closed:
                worker.kill()
        return worker

    def _put_back(self, worker: Worker) -> None:
        with self._turn:
            self._busy.discard(worker)
            kept = worker.fit and not self._closed
            if kept:
                self._idle.append(worker)
        if not kept:
            worker.close()

    def check_open(self) -> None:
        """Raises UnreadableError once all is closed."""
        if self._closed:
            raise UnreadableError("was not read, as Footnote is stopping. Add it again later.")

    def close(self) -> None:
        """Ends all processes, whatever they are at."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()
        for worker in idle:
            worker.close()
