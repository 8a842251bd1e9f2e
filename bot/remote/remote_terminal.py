"""The client at the other end of a connection, as the terminal of the verb that it called."""

import base64
import contextlib
import io
import socket
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, get_ident
from typing import BinaryIO, cast

from bot.output.terminal import Terminal

from .protocol import Frame, Hello, packed, received


@dataclass(slots=True)
class RemoteTerminal:
    """A client's terminal, across a connection. Made by the thread that runs the verb."""

    connection: socket.socket
    frames: BinaryIO
    size: tuple[int, int] | None = field(default=None, init=False)
    _sending: Lock = field(default_factory=Lock, init=False)
    _typed: "SimpleQueue[str | None]" = field(default_factory=SimpleQueue, init=False)
    _interrupted: Event = field(default_factory=Event, init=False)
    _told: bool = field(default=False, init=False)
    _thread: int = field(default_factory=get_ident, init=False)

    def tell(self, **frame: object) -> None:
        """Send a frame; a client that has ended hears nothing."""
        with contextlib.suppress(OSError), self._sending:
            self.connection.sendall(packed(frame))

    def ask(self, what: str) -> str:
        """Read its standard input: a `line`, or `all`, as base64."""
        self.check()
        self.tell(read=what)
        typed = self._typed.get()
        self.check()
        return typed or ""

    def interrupt(self) -> None:
        """The client pressed Ctrl-C or disconnected."""
        self._interrupted.set()
        self._typed.put(None)

    def check(self) -> None:
        """Raise KeyboardInterrupt, once, after an interrupt: what the verb has to say of that is
        still to be heard. The threads that draw for the verb are not stopped by it."""
        if self._interrupted.is_set() and not self._told and get_ident() == self._thread:
            self._told = True
            raise KeyboardInterrupt

    def listen(self) -> None:
        """Take in the client's frames until it ends the connection."""
        with contextlib.suppress(OSError, ValueError):
            while (frame := received(self.frames)) is not None:
                self._hear(frame)
        self.interrupt()

    def _hear(self, frame: Frame) -> None:
        if "interrupt" in frame:
            self.interrupt()
        elif "typed" in frame:
            self._typed.put(frame["typed"])
        elif "size" in frame:
            columns, lines = frame["size"]
            self.size = int(columns), int(lines)


def terminal_of(caller: RemoteTerminal, hello: Hello) -> Terminal:
    """A client as a terminal."""

    def writer(name: str, frame: str) -> io.TextIOBase:
        return _Writer(caller, frame, hello.encoding, name in hello.terminals)

    reader = _Reader(caller, "stdin" in hello.terminals)
    return Terminal(
        # What they can do is all that is asked of them.
        stdin=cast(io.TextIOWrapper, reader),
        stdout=cast(io.TextIOWrapper, writer("stdout", "out")),
        stderr=cast(io.TextIOWrapper, writer("stderr", "err")),
        folder=Path(hello.folder),
        environment=hello.environment,
        own=False,
        check=caller.check,
        size=lambda: caller.size,
    )


class _Writer(io.TextIOBase):
    """One of its output streams."""

    encoding = "utf-8"  # else it could not be set

    def __init__(self, caller: RemoteTerminal, frame: str, encoding: str, terminal: bool) -> None:
        self._caller, self._frame = caller, frame
        self.encoding, self._terminal = encoding, terminal

    def isatty(self) -> bool:
        return self._terminal

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._caller.check()
        if text:
            self._caller.tell(**{self._frame: text})
        return len(text)


class _Reader(io.TextIOBase):
    """Its standard input; what is not asked for stays there."""

    def __init__(self, caller: RemoteTerminal, terminal: bool) -> None:
        self._caller, self._terminal = caller, terminal

    @property
    def buffer(self) -> io.BytesIO:
        """The bytes that are left in it."""
        return io.BytesIO(base64.b64decode(self._caller.ask("all")))

    def isatty(self) -> bool:
        return self._terminal

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        return self._caller.ask("line")
