"""The address of a home's owner: a file in the home that only its user can read."""

import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval.errors import FootnoteError

FILE, SOCKET = "owner.json", "owner.sock"
# Bytes of a path that every system takes for a socket's; longer ones get a port instead.
LONGEST_PATH = 100
LOOPBACK = "127.0.0.1"


class OwnedError(FootnoteError):
    """Another process has the home, and runs verbs for others."""

    def __init__(self, home: Path, owner: "Owner") -> None:
        super().__init__(
            f"Another footnote, process {owner.pid}, has the home {home}. Stop it first, or choose "
            "another home with --home."
        )
        self.home = home


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that has a home. It listens at a Unix socket, or, where there are none, at a port
    of this machine; a client has to know the token."""

    pid: int
    version: str
    token: str
    path: str = ""
    port: int = 0


def new_token() -> str:
    """A secret that only those who can read the home will know."""
    return secrets.token_urlsafe(32)


def socket_path(home: Path) -> Path | None:
    """The path of a home's socket; None where there can't be one."""
    path = home / SOCKET
    fits = len(os.fsencode(path)) <= LONGEST_PATH
    return path if hasattr(socket, "AF_UNIX") and fits else None


def write_owner(home: Path, owner: Owner) -> None:
    """Write an owner's address into the home, in one step."""
    new = home / f"{FILE}.part"
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(owner), file)
    new.replace(home / FILE)


def read_owner(home: Path) -> Owner | None:
    """The owner that a home's file names, which may have ended; None where no file does."""
    try:
        return Owner(**json.loads((home / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def clear_owner(home: Path) -> None:
    """Remove an owner's file and socket. Only for the process that has the home's lock."""
    for name in (FILE, SOCKET):
        (home / name).unlink(missing_ok=True)


def connect(owner: Owner, seconds: float) -> socket.socket:
    """A connection to an owner. Raises OSError where no process listens there."""
    if owner.path:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(seconds)
        try:
            connection.connect(owner.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((LOOPBACK, owner.port), timeout=seconds)
