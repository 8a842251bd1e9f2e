"""A process with a pipe to it and one from it, watched by the clock and ended with its group."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import IO

from retrieval.reading.formats.content_x import UnreadableError

DYING = 2.0  # seconds for a process that closed its pipes to be gone


class Child:
    """A process that leads a group of its own, of which this takes over the end.

    `late` is whether it was ended because its time was up.
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
        """Ends the process if the block takes longer."""
        timer = Timer(seconds, self._overdue)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError as error:
            raise too_busy() from error
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
        """Whether it hasn't ended."""
        with self._ending:
            return self._process.poll() is None

    def return_code(self) -> int:
        """How it ended; what hasn't after a moment is ended."""
        with suppress(subprocess.TimeoutExpired), self._ending:
            return self._process.wait(DYING)
        self.kill()
        with self._ending:
            return self._process.wait()

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
        """Ends it and gives back what it held. Not while its pipes are in use: see `kill`."""
        self.kill()
        with self._ending:
            self._process.wait()
        for pipe in (self.requests, self.answers):
            # What it was sent and didn't take in is lost.
            with suppress(OSError):
                pipe.close()


def too_busy() -> UnreadableError:
    """For a machine that has come to its limit of processes or threads."""
    advice = "Try again later."
    return UnreadableError(
        f"can't be read now, as this machine can start no more programs. {advice}"
    )


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the process was started without pipes")
    return pipe
