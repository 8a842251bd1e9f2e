"""Stands in for a process that is forked elsewhere: its streams, its signals and its end.

Run as a script, with nothing imported but what starts at once:
relay.py ADDRESS ARGUMENT…, where the arguments are those of Python, `-m bot list` for example.
"""

import array
import contextlib
import json
import os
import resource
import signal
import socket
import sys

FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGWINCH)


def main(address: str, arguments: list[str]) -> None:
    """Has a process forked with this one's streams, and ends as it ends."""
    signal.pthread_sigmask(signal.SIG_BLOCK, FORWARDED)
    job = {"arguments": arguments, "environment": dict(os.environ), "folder": os.getcwd()}  # noqa: PTH109 -- it imports less
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(address)
        streams = array.array("i", [0, 1, 2])
        link.sendmsg([b"3"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
        with link.makefile("rw", encoding="utf-8") as file:
            file.write(json.dumps(job) + "\n")
            file.flush()
            pid = int(file.readline())
            for stream in (0, 1, 2):
                os.close(stream)
            for number in FORWARDED:
                signal.signal(number, lambda number, _: forward(pid, number))
            signal.pthread_sigmask(signal.SIG_UNBLOCK, FORWARDED)
            end(int(file.readline()))


def forward(pid: int, number: int) -> None:
    """Sends a signal on, unless its receiver has ended."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def end(status: int) -> None:
    """Ends as a process did whose wait status is given, killed by a signal where it was."""
    if os.WIFSIGNALED(status):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if os.WTERMSIG(status) != signal.SIGKILL:
            signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
        os.kill(os.getpid(), os.WTERMSIG(status))
    os._exit(os.waitstatus_to_exitcode(status))


main(sys.argv[1], sys.argv[2:])
