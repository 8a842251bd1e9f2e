"""Have a verb run by the owner of its home, with this process as its terminal.

Nothing here may import what takes long: most of what a person waits for is Python starting.
"""

import base64
import contextlib
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from bot import VERSION
from bot.home_path import PREFIX

from .owner_address import Owner, connect, read_owner
from .protocol import Frame, Hello, packed, received

# What a terminal sends when its size has changed, where there is such a thing.
RESIZED: signal.Signals | None = getattr(signal, "SIGWINCH", None)
# Seconds for an owner to take a call, and to say that it has.
PATIENCE = 10.0
# What tells a program about the screen.
SCREEN = ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE")
STOPPED = 128 + signal.SIGINT


def run_by_owner(
    arguments: Sequence[str], home: Path, environment: Mapping[str, str]
) -> int | None:
    """The exit code of a verb that the home's owner has run; None where no process has the home."""
    owner = read_owner(home)
    if owner is None:
        return None
    try:
        connection = connect(owner, PATIENCE)
    except (FileNotFoundError, ConnectionRefusedError):
        return None  # it has ended; the next owner of the home clears that away
    except OSError as error:
        return _refused(f"{_named(owner, home)} can't be reached: {error}.")
    with connection:
        return _Call(connection).made(owner, home, _hello(owner, arguments, environment))


@dataclass(slots=True)
class _Call:
    """A verb on its way."""

    connection: socket.socket
    reading: bool = field(default=False, init=False)
    interrupted: bool = field(default=False, init=False)
    resized: bool = field(default=False, init=False)

    def made(self, owner: Owner, home: Path, hello: Hello) -> int:
        """The verb's exit code."""
        with self.connection.makefile("rb") as frames:
            try:
                self._send(**asdict(hello))
                welcome = received(frames)
            except (TimeoutError, ValueError):
                return _refused(f"{_named(owner, home)} does not answer. Stop it, or try again.")
            self.connection.settimeout(None)
            code = self._followed(frames) if welcome is not None else None
        if code is None:
            return _refused(f"{_named(owner, home)} ended meanwhile. Try again.")
        return code

    def _followed(self, frames: BinaryIO) -> int | None:
        """Do as it is told until the verb has ended; None where the owner ended before it."""
        with hearing(signal.SIGINT, self._interrupt), hearing(RESIZED, self._resize):
            while (frame := _next(frames)) is not None:
                if "exit" in frame:
                    return int(frame["exit"])
                self._do(frame)
        return None

    def _do(self, frame: Frame) -> None:
        if self.resized:
            self.resized = False
            self._send(size=shutil.get_terminal_size())
        if "out" in frame:
            print(frame["out"], end="", flush=True)
        elif "err" in frame:
            print(frame["err"], end="", file=sys.stderr, flush=True)
        elif "read" in frame:
            self._send(typed=self._read(frame["read"]))

    def _read(self, what: str) -> str | None:
        """A line or all of standard input; bytes go as base64, and None for a person's Ctrl-C."""
        self.reading = True
        try:
            if what == "line":
                return sys.stdin.readline()
            return base64.b64encode(sys.stdin.buffer.read()).decode("ascii")
        except KeyboardInterrupt:
            return None
        finally:
            self.reading = False

    def _interrupt(self, number: int, where: FrameType | None) -> None:
        """Tell the owner of Ctrl-C, and wait for its answer; pressed again, end this process."""
        again, self.interrupted = self.interrupted, True
        if not again:
            self._send(interrupt=True)
        if again or self.reading:
            raise KeyboardInterrupt

    def _resize(self, number: int, where: FrameType | None) -> None:
        """Note the screen's new size. The owner is told before the next that it has drawn: in here,
        something else may be on its way to it."""
        self.resized = True

    def _send(self, **frame: object) -> None:
        with contextlib.suppress(ConnectionError):  # what it said last is still to be read
            self.connection.sendall(packed(frame))


@contextmanager
def hearing(
    number: signal.Signals | None, handler: Callable[[int, FrameType | None], None]
) -> Iterator[None]:
    """Have a signal, where there is such a one, handled until the block ends."""
    if number is None:
        yield
        return
    usual = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, usual)


def _next(frames: BinaryIO) -> Frame | None:
    try:
        return received(frames)
    except ConnectionError:
        return None


def _hello(owner: Owner, arguments: Sequence[str], environment: Mapping[str, str]) -> Hello:
    streams = {"stdin": sys.stdin, "stdout": sys.stdout, "stderr": sys.stderr}
    terminals = [name for name, stream in streams.items() if stream.isatty()]
    columns, lines = shutil.get_terminal_size()
    size = {"COLUMNS": str(columns), "LINES": str(lines)} if terminals else {}
    known = {name: environment[name] for name in SCREEN if name in environment}
    # The owner refuses an unknown one by its name; their values stay here.
    settings = {name: "" for name in environment if name.upper().startswith(PREFIX)}
    return Hello(
        version=VERSION,
        token=owner.token,
        arguments=list(arguments),
        folder=str(Path.cwd()),
        environment={**size, **known, **settings},
        encoding=sys.stdout.encoding or "utf-8",
        terminals=terminals,
    )


def _named(owner: Owner, home: Path) -> str:
    return f"The footnote that has the home {home} (process {owner.pid})"


def _refused(sentence: str) -> int:
    print(f"footnote: {sentence}", file=sys.stderr)
    return 1
