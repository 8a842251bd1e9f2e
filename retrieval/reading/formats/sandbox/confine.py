"""Hold the process that reads files to its limits, from inside.

On Linux the system itself refuses memory past the limit. Elsewhere, where it doesn't, a thread
looks at the use of memory ten times a second, and ends the process. Windows has neither; there, the
clock of the process outside and the limit on text remain.
"""

import os
import re
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from retrieval.reading.limits import ReadLimits

OPEN_FILES = 32
GONE_TOO_FAR = 77  # the return code of a process that ended itself for its use of memory
WATCHING = 0.1  # seconds


def confine(limits: ReadLimits) -> None:
    """Bound this process for good: its memory; no files written, no core left, few files open."""
    try:
        import resource
    except ImportError:
        return
    bounds = (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    )
    for kind, most in bounds:
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    if sys.platform != "linux":
        threading.Thread(target=_watch, args=(limits.memory,), daemon=True).start()


def _watch(most: int) -> None:
    while peak_memory() <= most:
        time.sleep(WATCHING)
    os._exit(GONE_TOO_FAR)


def allow_seconds(seconds: float) -> None:
    """Let this process compute for some seconds from now on; the system ends it after that."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        # The system counts from the start of the process, in whole seconds. A second more, so that
        # the clock outside is the first to tell.
        last = int(time.process_time() + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (last, resource.RLIM_INFINITY))


def peak_memory() -> int:
    """The most memory that this process has held so far, in bytes; 0 where that isn't known."""
    # On Linux `getrusage` begins with the peak of the process that started this one.
    with suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        if found := re.search(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE):
            return int(found[1]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
