"""Reads files of all kinds, whoever made them, in processes of their own that are kept in bounds.

A file may be made to crash what reads it, to fill the memory, or to take it over. It doesn't get at
this process: all that comes back is text, or a sentence that says why there is none.
"""

import logging
from types import TracebackType
from typing import Any, Self

from retrieval.reading.formats import errors as words
from retrieval.reading.formats.content_x import Content, UnreadableError
from retrieval.reading.formats.read import Request

from .limits import Limits
from .parsers import Pool
from .protocol import unpacked

logger = logging.getLogger(__name__)


class Parsers:
    """Reads files in processes of their own, whose memory, time and output are bounded.

    So many `processes` read at once, from any threads; who comes later waits. A file gets
    `seconds`, and `memory` and `output` (of text) in bytes. Processes start when first needed.
    """

    def __init__(
        self,
        processes: int = 2,
        seconds: float = 60,
        memory: int = 1024 * 1024 * 1024,
        output: int = 20 * 1024 * 1024,
    ) -> None:
        self._pool = Pool(processes, Limits(seconds, memory, output))

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
        """Ends the processes. What is being read ends with an UnreadableError, as does `read`."""
        self._pool.close()

    def read(
        self, data: bytes, name: str = "", charset: str | None = None, kind: str | None = None
    ) -> Content:
        """What a file holds.

        `name` is its name, whose suffix tells kinds of text apart. `charset` is the encoding that
        came with it. `kind` is "text" for what is to be taken as it is, or what it was said to be:
        "markdown" or "html". Raises UnreadableError where it can't be read, and RuntimeError where
        Footnote isn't installed as it should be.
        """
        request = Request(data, name, charset, kind)
        reused, answer = self._ask(request)
        # A process that has read others may have ended because of one of those.
        if reused and (answer.get("died") or answer.get("starved")):
            self._pool.check_open()
            _, answer = self._ask(request, fresh=True)
        if "content" not in answer:
            self._pool.check_open()
        return _content(answer)

    def _ask(self, request: Request, fresh: bool = False) -> tuple[bool, dict[str, Any]]:
        """Whether a process was asked that had read files before, and its answer."""
        with self._pool.worker(fresh) as worker:
            reused = worker.files > 0
            return reused, worker.ask(request)


def _content(answer: dict[str, Any]) -> Content:
    if cause := answer.get("cause"):
        logger.info("A file could not be read: %s.", cause)
    if missing := answer.get("missing"):
        raise RuntimeError(f"A part of Footnote is missing: {missing}. Install it anew.")
    try:
        if "content" in answer:
            return unpacked(answer["content"])
        raise UnreadableError(str(answer["error"]))
    except (KeyError, TypeError, ValueError) as error:
        raise words.damaged() from error
