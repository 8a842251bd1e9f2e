"""A process that reads files, seen from outside: asked, and its last words put into ours."""

import json
import signal
from typing import Any

from retrieval.reading.formats import errors as words
from retrieval.reading.formats.read import Request

from .limits import GONE_TOO_FAR, Limits
from .protocol import receive, send_request
from .starting import start

MOST_FILES = 50  # then it is replaced, in case libraries lose memory
# JSON may need six bytes for one of text, and takes a little more for what is beside the text.
LARGEST_ANSWER, BESIDES = 8, 1024 * 1024
# Return codes of a process that computed for too long, and of one that was ended by force.
SIGXCPU, SIGKILL = -signal.SIGXCPU, -signal.SIGKILL


class Worker:
    """A process that reads one file at a time; `files` is how many it was given so far.

    Making one starts the process, and raises what `start` does.
    """

    def __init__(self, limits: Limits) -> None:
        self.files = 0
        self._spent = False
        self._limits = limits
        self._child = start(limits)

    def ask(self, request: Request) -> dict[str, Any]:
        """Has it read a file, and gives its answer; where it died, one in its place.

        An answer has a "content" or an "error", or "missing", and may be "spent": then it should
        read no more files.
        """
        self._spent = True
        self.files += 1
        answer = self._exchanged(request)
        self._spent = bool(answer.get("spent"))
        return answer

    def _exchanged(self, request: Request) -> dict[str, Any]:
        most = LARGEST_ANSWER * self._limits.output + BESIDES
        try:
            with self._child.within(self._limits.seconds):
                send_request(self._child.requests, request)
                answer = json.loads(receive(self._child.answers, most))
        except (EOFError, ValueError, OSError):
            return self._last_words()
        if self._child.late or not isinstance(answer, dict):
            return self._last_words()
        return answer

    def _last_words(self) -> dict[str, Any]:
        code = self._child.return_code()
        if self._child.late or code == SIGXCPU:
            error = words.too_much_time(self._limits.seconds)
            return {"error": str(error), "spent": True}
        # The system ends what takes its last memory.
        starved = code in (GONE_TOO_FAR, SIGKILL)
        error = words.too_much_memory(self._limits.memory) if starved else words.damaged()
        cause = f"return code {code}"
        return {"error": str(error), "spent": True, "died": True, "cause": cause}

    @property
    def fit(self) -> bool:
        """Whether it can read another file."""
        return self._child.alive and not self._spent and self.files < MOST_FILES

    def kill(self) -> None:
        """Ends it at once, from any thread."""
        self._child.kill()

    def close(self) -> None:
        """Ends it and gives back what it held. Not while it is asked: see `kill`."""
        self._child.close()
