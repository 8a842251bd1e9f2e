"""Starts `footnote` in processes that have its libraries already, forked from one that loaded them.

Most of what a command line takes is importing libraries, which is the same each time. Such a
process differs from one that was started cold in nothing else: it has its own arguments,
environment, folder and streams, and ends by itself. Where starting is what is tested, it is started
cold.
"""

import array
import atexit
import gc
import importlib
import json
import os
import pkgutil
import random
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TextIO

RELAY = Path(__file__).with_name("relay.py")
ROOT = Path(__file__).parents[3]
# Where the process to fork from listens, for the test processes that run side by side.
ADDRESS = "PRELOADED_FOOTNOTE"


def preloaded() -> list[str]:
    """The command of a Python with the libraries loaded; `-m bot list` or `-c …` follows it."""
    return [sys.executable, "-I", "-S", str(RELAY), address()]


@cache
def address() -> str:
    """The address of the process to fork from: one that others use as well, or one's own."""
    return os.environ.get(ADDRESS) or start()


def start() -> str:
    """Starts the process to fork from, which ends with this one, and returns its address."""
    folder = tempfile.mkdtemp(prefix="preloaded-")
    place = f"{folder}/socket"
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(place)
    listening.listen(64)
    command = [sys.executable, "-m", __name__, str(listening.fileno())]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, pass_fds=[listening.fileno()]
    )
    listening.close()
    atexit.register(_stop, process, Path(folder))
    return place


def _stop(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    process.kill()
    process.communicate()
    (folder / "socket").unlink()
    folder.rmdir()


@dataclass(frozen=True, slots=True)
class Job:
    """A process to be forked: Python's arguments, its surroundings, and its three streams."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    streams: list[int]

    def enter(self) -> None:
        """Makes this process the one that is described."""
        for number, stream in enumerate(self.streams):
            os.dup2(stream, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        os.environ.clear()
        os.environ.update(self.environment)
        os.chdir(self.folder)
        random.seed()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.stdin = stream_of(0, "r")
        sys.stdout = stream_of(1, "w")
        sys.stderr = stream_of(2, "w", buffering=1, errors="backslashreplace")

    def run(self) -> None:
        """Runs what the arguments say."""
        kind, what, *rest = self.arguments
        sys.argv = [kind, *rest]
        if kind == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            module = sys.modules["__main__"] = ModuleType("__main__")
            exec(compile(what, "<string>", "exec"), module.__dict__)  # noqa: S102


def stream_of(
    number: int, mode: Literal["r", "w"], buffering: int = -1, errors: str | None = None
) -> TextIO:
    """A standard stream as Python opens it when it starts: a terminal's line by line."""
    return open(number, mode, buffering, "utf-8", errors, closefd=False)


@dataclass(slots=True)
class Forks:
    """Forks a process for each who asks, and tells them its end."""

    listening: socket.socket
    links: dict[int, socket.socket] = field(default_factory=dict)

    def serve(self) -> Job:
        """Returns in each process that is forked, with what it is to do; else never."""
        wakes, waker = socket.socketpair()
        waker.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno())
        while True:
            awaited: list[Any] = [0, self.listening, wakes, *self.links.values()]
            ready, _, _ = select.select(awaited, [], [])
            if 0 in ready:  # closed: who started this process is gone
                os._exit(0)
            if wakes in ready:
                wakes.recv(4096)
            self._tell_ends()
            for pid, link in list(self.links.items()):
                if link in ready and not link.recv(1):
                    self._abandon(pid)
            if self.listening in ready and (job := self._fork()):
                return job

    def _fork(self) -> Job | None:
        """Forks a process; returns its job there, and None here."""
        link, _ = self.listening.accept()
        job = receive(link)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return job
        for stream in job.streams:
            os.close(stream)
        link.sendall(f"{pid}\n".encode())
        self.links[pid] = link
        return None

    def _tell_ends(self) -> None:
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = ended
                link = self.links.pop(pid, None)
                if link is not None:
                    with link, suppress(OSError):
                        link.sendall(f"{status}\n".encode())

    def _abandon(self, pid: int) -> None:
        """Kills a process whose stand-in was killed."""
        self.links.pop(pid).close()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def receive(link: socket.socket) -> Job:
    """The job that is asked for at a connection."""
    _, ancillary, _, _ = link.recvmsg(1, socket.CMSG_SPACE(3 * 4))
    streams = array.array("i", ancillary[0][2]).tolist()
    with link.makefile("r", encoding="utf-8") as file:
        said = json.loads(file.readline())
    return Job(said["arguments"], said["environment"], said["folder"], streams)


def load() -> None:
    """Imports the program, and the libraries that it imports late."""
    import bot
    import retrieval

    for package in (bot, retrieval):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    # Not ONNX Runtime: it begins threads when it is imported, which a fork doesn't have, and it
    # waits for them at the end.
    for name in ("chromadb", "tokenizers", "sklearn.linear_model", "trafilatura"):
        importlib.import_module(name)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    gc.collect()
    gc.freeze()
    job = Forks(socket.socket(fileno=int(sys.argv[1]))).serve()
    job.enter()
    job.run()
