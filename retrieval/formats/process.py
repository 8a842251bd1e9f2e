"""A process that reads files, seen from outside: asked, watched by the clock, and ended."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import IO, Any

from . import words
from .content import UnreadableError
from .limits import GONE_TOO_FAR, Limits
from .messaging import receive, send_request
from .reading import Request

# No variables and no folder of ours reach it, and so no token and no stray module; but user-wide
# installations of packages are as good as others.
COMMAND = (sys.executable, "-E", "-P", "-B", "-W", "ignore", "-m", __package__)
ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    # Numerical libraries would take memory for threads that have nothing to do.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
MOST_FILES = 50  # then it is replaced, in case libraries lose memory
STARTING = 60.0  # seconds that it may take to start, on a very busy machine
LARGEST_GREETING = 100
# JSON may need six bytes for one of text, and takes a little more for what is beside the text.
LARGEST_ANSWER, BESIDES = 8, 1024 * 1024
# Return codes of a process that computed for too long, and of one that was ended by force.
SIGXCPU, SIGKILL = -signal.SIGXCPU, -signal.SIGKILL
DYING = 2.0  # seconds for a process that closed its pipes to be gone


class Worker:
    """A process that reads one file at a time; `files` is how many it was given so far.

    Starting one raises UnreadableError if the machine can start no more processes, and
    RuntimeError if Footnote isn't installed as it should be.
    """

    def __init__(self, limits: Limits) -> None:
        self.files = 0
        self._spent = False
        self._limits = limits
        self._late = False
        self._ending = Lock()
        self._process = _started(limits)
        self._requests, self._answers = _pipes(self._process)
        try:
            with self._within(STARTING):
                receive(self._answers, LARGEST_GREETING)
        except (EOFError, ValueError, OSError) as error:
            self.close()
            advice = "Install Footnote anew."
            raise RuntimeError(f"What reads documents doesn't start. {advice}") from error

    def ask(self, request: Request) -> dict[str, Any]:
        """Has it read a file, and gives its answer; where it died, one in its place.

        An answer has a "content" or an "error", or "missing", and may be "spent": then it should
        read no more files.
        """
        self.files += 1
        self._spent = True
        answer = self._exchanged(request)
        self._spent = bool(answer.get("spent"))
        return answer

    def _exchanged(self, request: Request) -> dict[str, Any]:
        most = LARGEST_ANSWER * self._limits.output + BESIDES
        try:
            with self._within(self._limits.seconds):
                send_request(self._requests, request)
                answer = json.loads(receive(self._answers, most))
        except (EOFError, ValueError, OSError):
            return self._last_words()
        if self._late or not isinstance(answer, dict):
            return self._last_words()
        return answer

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Ends the process if the block takes longer."""
        timer = Timer(seconds, self._overdue)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            # It may be about to.
            timer.join()

    def _overdue(self) -> None:
        self._late = True
        self.kill()

    def _last_words(self) -> dict[str, Any]:
        code = self._return_code()
        if self._late or code == SIGXCPU:
            error = words.too_much_time(self._limits.seconds)
            return {"error": str(error), "spent": True}
        # The system ends what takes its last memory.
        starved = code in (GONE_TOO_FAR, SIGKILL)
        error = words.too_much_memory(self._limits.memory) if starved else words.damaged()
        cause = f"return code {code}"
        return {"error": str(error), "spent": True, "died": True, "cause": cause}

    def _return_code(self) -> int:
        """How it ended; what hasn't after a moment is ended."""
        with suppress(subprocess.TimeoutExpired), self._ending:
            return self._process.wait(DYING)
        self.kill()
        with self._ending:
            return self._process.wait()

    @property
    def fit(self) -> bool:
        """Whether it can read another file."""
        with self._ending:
            alive = self._process.poll() is None
        return alive and not self._spent and self.files < MOST_FILES

    def kill(self) -> None:
        """Ends it at once, from any thread, with all that it started and that could hold on to
        the pipes.
        """
        with self._ending:
            # Once it has been waited for, the number of its group may be someone else's.
            if self._process.returncode is None:
                with suppress(OSError):
                    os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Ends it and gives back what it held. Not while it is asked: see `kill`."""
        self.kill()
        with self._ending:
            self._process.wait()
        for pipe in (self._requests, self._answers):
            # What it was sent and didn't take in is lost.
            with suppress(OSError):
                pipe.close()


def _started(limits: Limits) -> subprocess.Popen[bytes]:
    bounds = (str(limits.seconds), str(limits.memory), str(limits.output))
    try:
        return subprocess.Popen(  # noqa: S603 -- Python, and numbers
            [*COMMAND, *bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Not a file: of those it may write none, and would fail where a library complains.
            stderr=subprocess.DEVNULL,
            cwd=os.sep,
            env=ENVIRONMENT,
            start_new_session=True,
        )
    except OSError as error:
        advice = "Try again later."
        raise UnreadableError(
            f"can't be read now, as this machine can start no more programs. {advice}"
        ) from error


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the process was started without pipes")
    return process.stdin, process.stdout
