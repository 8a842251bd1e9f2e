"""Serve a home's clients: run the verb of each in a thread of its own."""

import contextlib
import hmac
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread, current_thread

from bot import VERSION
from bot.output.terminal import Terminal

from .owner_address import LOOPBACK, Owner, clear_owner, new_token, socket_path, write_owner
from .protocol import Hello, received
from .remote_terminal import RemoteTerminal, terminal_of

# Runs a verb at a terminal, and returns its exit code.
Run = Callable[[Sequence[str], Terminal], int]
# Seconds that a client has to say what it wants, and that verbs have to end with their owner.
PATIENCE, GRACE = 10.0, 5.0
# Seconds until a closed server notices that it is closed.
LOOK = 0.2
WAITING = 64  # clients that have come and not been let in yet
OTHER = (
    "footnote: This is Footnote {}, and the one that has the home is {} (process {}). "
    "Restart that one.\n"
)


@contextlib.contextmanager
def listening(home: Path, run: Run) -> Iterator[Owner]:
    """Run the verbs of others until the block ends. Only for the process that has the home's lock.

    What another owner left behind is cleared away. Verbs under way are then interrupted, and waited
    for a little.
    """
    clear_owner(home)
    with _listener(socket_path(home)) as listener:
        owner = _owner(listener)
        clients = _Clients(run, owner.token)
        accepting = Thread(target=clients.accept, args=(listener,), name="owner", daemon=True)
        accepting.start()
        write_owner(home, owner)
        try:
            yield owner
        finally:
            clear_owner(home)
            clients.close()
            accepting.join()


def _listener(path: Path | None) -> socket.socket:
    if path is None:
        return socket.create_server((LOOPBACK, 0), backlog=WAITING)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    path.chmod(0o600)  # until it listens, no client can connect
    listener.listen(WAITING)
    return listener


def _owner(listener: socket.socket) -> Owner:
    address = listener.getsockname()
    if isinstance(address, str):
        return Owner(os.getpid(), VERSION, new_token(), path=address)
    return Owner(os.getpid(), VERSION, new_token(), port=address[1])


@dataclass(slots=True)
class _Clients:
    """Let clients in, and keep track of the verbs under way."""

    run: Run
    token: str
    _closed: Event = field(default_factory=Event, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)
    _under_way: dict[int, tuple[RemoteTerminal, Thread]] = field(default_factory=dict, init=False)

    def accept(self, listener: socket.socket) -> None:
        """Let clients in until it is closed."""
        listener.settimeout(LOOK)
        while not self._closed.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                Thread(target=self._serve, args=(connection,), name="verb", daemon=True).start()

    def close(self) -> None:
        """Let no more clients in, and interrupt those that are there."""
        self._closed.set()
        with self._lock:
            under_way = list(self._under_way.values())
        for caller, _ in under_way:
            caller.interrupt()
        for _, thread in under_way:
            thread.join(GRACE)

    def _serve(self, connection: socket.socket) -> None:
        """Run the verb that a client asks for, if it is one of ours."""
        with connection, connection.makefile("rb") as frames:
            connection.settimeout(PATIENCE)
            try:
                hello = Hello(**(received(frames) or {}))
            except (OSError, ValueError, TypeError):
                return
            if not hmac.compare_digest(hello.token.encode(), self.token.encode()):
                return
            connection.settimeout(None)
            caller = RemoteTerminal(connection, frames)
            caller.tell(welcome=VERSION)
            hearing = Thread(target=caller.listen, name="caller", daemon=True)
            hearing.start()
            caller.tell(exit=self._answered(caller, hello))
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            hearing.join()

    def _answered(self, caller: RemoteTerminal, hello: Hello) -> int:
        """The exit code of a verb."""
        if hello.version != VERSION:
            caller.tell(err=OTHER.format(hello.version, VERSION, os.getpid()))
            return 1
        with self._known(caller):
            return self.run(hello.arguments, terminal_of(caller, hello))

    @contextlib.contextmanager
    def _known(self, caller: RemoteTerminal) -> Iterator[None]:
        key = id(caller)
        with self._lock:
            self._under_way[key] = caller, current_thread()
            if self._closed.is_set():
                caller.interrupt()
        try:
            yield
        finally:
            with self._lock:
                del self._under_way[key]
