"""Read files of all formats, and of any origin, in a few processes that are kept in bounds.

A file may be made to crash what reads it, to fill the memory, or to take it over. It doesn't get at
this process: all that comes back is text, or a sentence that says why there is none.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from threading import Condition
from types import TracebackType
from typing import Any, Self

from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Content
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.limits import RECOGNITION_LIMITS, ReadLimits

from .process import COMMAND, Worker
from .protocol import Request, unpacked, unpacked_sentence

logger = logging.getLogger(__name__)


class Parsers:
    """The processes that read files, each file within `limits`.

    At most `processes` read at once, from any threads; whatever comes later waits. Processes start
    when first needed, by `command`. Files with text in pictures are read one at a time, in a
    process of their own, within `recognition`.
    """

    def __init__(
        self,
        processes: int = 2,
        limits: ReadLimits | None = None,
        command: Sequence[str] = COMMAND,
        recognition: ReadLimits = RECOGNITION_LIMITS,
    ) -> None:
        self._pool = Pool(processes, limits or ReadLimits(), command)
        self._recognising = Pool(1, recognition, command)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes. What is being read ends with an UnreadableError, as does `read`."""
        self._pool.close()
        self._recognising.close()

    def read(
        self, data: bytes, name: str = "", charset: str | None = None, kind: str | None = None
    ) -> Content:
        """The content of a file.

        `name` is its name, whose suffix tells kinds of text apart. `charset` is the encoding that
        came with it. `kind` is "text" for what is to be taken as it is, or what it was said to be:
        "markdown" or "html". Raises UnreadableError where it can't be read, and RuntimeError where
        Footnote isn't installed as it should be.
        """
        request = Request(data, name, charset, kind)
        answer = _asked(self._pool, request)
        if answer.get("recognise"):
            answer = _asked(self._recognising, replace(request, recognise=True))
        if "content" not in answer:
            self._pool.check_open()
        return _content(answer)


def _asked(pool: "Pool", request: Request) -> dict[str, Any]:
    """An answer, from a second process if the first had read others and died of one of those."""
    with pool.worker() as worker:
        reused = worker.files > 0
        answer = worker.ask(request)
    if reused and (answer.get("died") or answer.get("starved")):
        pool.check_open()
        with pool.worker(fresh=True) as worker:
            answer = worker.ask(request)
    return answer


def _content(answer: dict[str, Any]) -> Content:
    if cause := answer.get("cause"):
        logger.info("A file could not be read: %s.", cause)
    if missing := answer.get("missing"):
        raise RuntimeError(f"A part of Footnote is missing: {missing}. Install it anew.")
    try:
        if "content" in answer:
            return unpacked(answer["content"])
        raise UnreadableError(unpacked_sentence(answer["error"]))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise errors.damaged() from error


class Pool:
    """Processes shared by any number of threads, started when they are needed and used again."""

    def __init__(
        self, processes: int, limits: ReadLimits, command: Sequence[str] = COMMAND
    ) -> None:
        self._free = processes
        self._limits, self._command = limits, command
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
            chosen = self._idle_one(fresh) or Worker(self._limits, self._command)
            with self._lent(chosen) as worker:
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
        """Raise UnreadableError once all is closed."""
        if self._closed:
            raise UnreadableError("was not read, as Footnote is stopping. Add it again later.")

    def close(self) -> None:
        """End all processes, whatever they are at."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()
        for worker in idle:
            worker.close()
