"""A few processes that read files, shared by any number of threads."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Condition

from retrieval.reading.formats.content_x import UnreadableError

from .limits import Limits
from .process_x import Worker


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
            with self._lent(self._idle_one(fresh) or Worker(self._limits)) as worker:
                yield worker
        finally:
            with self._turn:
                self._free += 1
                self._turn.notify()

    def _idle_one(self, fresh: bool) -> Worker | None:
        with ExitStack() as leaving, self._turn:
            worker = self._idle.pop() if self._idle else None
            if worker:
                leaving.callback(worker.close)
                # It may have ended while it waited for work.
                if worker.fit and not fresh:
                    leaving.pop_all()
                    return worker
        return None

    @contextmanager
    def _lent(self, worker: Worker) -> Iterator[Worker]:
        """A process for the block, which ends with it unless it can be used again."""
        with ExitStack() as leaving:
            leaving.callback(self._end, worker)
            with self._turn:
                self._busy.add(worker)
                if self._closed:
                    worker.kill()
            yield worker
            if self._kept(worker):
                leaving.pop_all()

    def _kept(self, worker: Worker) -> bool:
        with self._turn:
            kept = worker.fit and not self._closed
            if kept:
                self._busy.discard(worker)
                self._idle.append(worker)
            return kept

    def _end(self, worker: Worker) -> None:
        with self._turn:
            self._busy.discard(worker)
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
