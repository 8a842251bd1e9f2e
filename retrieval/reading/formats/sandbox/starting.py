"""Starts the processes that read files, and hears from each that it is ready."""

import os
import subprocess
import sys

from .limits import Limits
from .process import Child, too_busy
from .protocol import receive

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
LARGEST_GREETING = 100


def start(limits: Limits) -> Child:
    """A process that is ready to read files.

    Raises UnreadableError if the machine can start no more processes, and RuntimeError if Footnote
    isn't installed as it should be. Whatever is raised, no process and no pipe is left.
    """
    child = Child(_spawned(limits))
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


def _spawned(limits: Limits) -> subprocess.Popen[bytes]:
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
        raise too_busy() from error
