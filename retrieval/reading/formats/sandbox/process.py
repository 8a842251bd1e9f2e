"""One process that reads files, seen from outside: started, asked, timed, and ended."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import IO, Any

from retrieval.reading.formats import errors
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.limits import MIB, ReadLimits

from .confine import GONE_TOO_FAR
from .protocol import Request, packed_sentence, receive, send_request

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
STARTING = 60.0  # seconds that it may take to start, on a very busy machine
ENDING = 2.0  # seconds for a process that closed its pipes to be gone
LARGEST_GREETING = 100
# JSON may need six bytes for one of text, and takes a little more for what is beside the text.
LARGEST_ANSWER, BESIDES = 8, 1 * MIB
MOST_FILES = 50  # then it is replaced, in case libraries lose memory
# Return codes of a process that computed for too long, was ended by force, or gave itself up.
SIGXCPU, SIGKILL, SIGABRT = -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT


class Worker:
    """A process that reads one file at a time; `files` is how many it was given so far.

    Making one starts the process, and raises what `start` does.
    """

    def __init__(self, limits: ReadLimits, command: Sequence[str] = COMMAND) -> None:
        self.files = 0
        self._spent = False
        self._limits = limits
        self._child = start(limits, command)

    def ask(self, request: Request) -> dict[str, Any]:
        """Have it read a file, and return its answer; where it died, one in its place.

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
        except (EOFError, ValueError, OSError, RecursionError):
            return self._last_words()
        if self._child.late or not isinstance(answer, dict):
            return self._last_words()
        return answer

    def _last_words(self) -> dict[str, Any]:
        code = self._child.return_code()
        if self._child.late or code == SIGXCPU:
            error = errors.too_much_time(self._limits.seconds)
            return {"error": packed_sentence(error.sentence), "spent": True}
        # The system ends what takes its last memory, and PDFium gives up where it is refused more.
        starved = code in (GONE_TOO_FAR, SIGKILL, SIGABRT)
        error = errors.too_much_memory(self._limits.memory) if starved else errors.damaged()
        cause = f"return code {code}"
        said = packed_sentence(error.sentence)
        return {"error": said, "spent": True, "died": True, "cause": cause}

    @property
    def fit(self) -> bool:
        """True while it can read another file."""
        return self._child.alive and not self._spent and self.files < MOST_FILES

    def kill(self) -> None:
        """End it at once, from any thread."""
        self._child.kill()

    def close(self) -> None:
        """End it and give back what it held. Not while it is asked: see `kill`."""
        self._child.close()


def start(limits: ReadLimits, command: Sequence[str] = COMMAND) -> "Child":
    """A process that is ready to read files.

    Raises UnreadableError if the machine can start no more processes, and RuntimeError if Footnote
    isn't installed as it should be. Whatever is raised, no process and no pipe is left.
    """
    child = Child(_spawned(limits, command))
    try:
        with child.within(STARTING):
            receive(child.answers, LARGEST_GREETING)
    except (EOFError, ValueError, OSError) as error:
        child.close()
        advice = "Install Footnote anew."
        raise RuntimeError(f"What reads documents doesn't start. {advice}") from error
    except BaseException:
        child.close()
        raise
    return child


def _spawned(limits: ReadLimits, command: Sequence[str]) -> subprocess.Popen[bytes]:
    bounds = (str(limits.seconds), str(limits.memory), str(limits.output))
    try:
        return subprocess.Popen(  # noqa: S603 -- Python, and numbers
            [*command, *bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Not a file: of those it may write none, and would fail where a library complains.
            stderr=subprocess.DEVNULL,
            cwd=os.sep,
            env=ENVIRONMENT,
            start_new_session=True,
        )
    except OSError as error:
        raise _too_busy() from error


def _too_busy() -> UnreadableError:
    """The machine is at its limit of processes or threads."""
    return UnreadableError(
        "can't be read now, as this machine can start no more programs. Try again later."
    )


class Child:
    """A process with a pipe to it and one from it, which leads a group of its own.

    This takes over its end; `late` is whether it was ended because its time was up.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.late = False
        self._process = process
        self._ending = Lock()

    @property
    def requests(self) -> IO[bytes]:
        """The pipe to it."""
        return _opened(self._process.stdin)

    @property
    def answers(self) -> IO[bytes]:
        """The pipe from it."""
        return _opened(self._process.stdout)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """End the process if the block takes longer."""
        timer = Timer(seconds, self._overdue)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError as error:
            raise _too_busy() from error
        try:
            yield
        finally:
            timer.cancel()
            # It may be about to.
            timer.join()

    def _overdue(self) -> None:
        self.late = True
        self.kill()

    @property
    def alive(self) -> bool:
        """True while it hasn't ended."""
        with self._ending:
            return self._process.poll() is None

    def return_code(self) -> int:
        """The code it ended with; a process that goes on for more than a moment is ended."""
        with suppress(subprocess.TimeoutExpired), self._ending:
            return self._process.wait(ENDING)
        self.kill()
        with self._ending:
            return self._process.wait()

    def kill(self) -> None:
        """End it at once, from any thread, with all that it started and that could hold on to
        the pipes.
        """
        with self._ending:
            # Once it has been waited for, the number of its group may be someone else's.
            if self._process.returncode is None:
                with suppress(OSError):
                    os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End it and give back what it held. Not while its pipes are in use: see `kill`."""
        self.kill()
        with self._ending:
            self._process.wait()
        for pipe in (self.requests, self.answers):
            # What it was sent and didn't take in is lost.
            with suppress(OSError):
                pipe.close()


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the process was started without pipes")
    return pipe
