"""Who has a home, and where it listens: a file in the home that only its user can read."""

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
    """Somebody has the home, and runs verbs for others."""

    def __init__(self, home: Path, owner: "Owner") -> None:
        super().__init__(
            f"Another footnote, process {owner.pid}, has the home {home}. Stop it first, or choose "
            "another home with --home."
        )
        self.home = home


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that has a home. It listens at a Unix socket, or, where there are none, at a port
    of this machine; who comes there has to know the token."""

    pid: int
    version: str
    token: str
    path: str = ""
    port: int = 0


def new_token() -> str:
    """A secret, for whoever can read what is in the home."""
    return secrets.token_urlsafe(32)


def socket_path(home: Path) -> Path | None:
    """Where a home's socket is; None where there can't be one."""
    path = home / SOCKET
    fits = len(os.fsencode(path)) <= LONGEST_PATH
    return path if hasattr(socket, "AF_UNIX") and fits else None


def write_owner(home: Path, owner: Owner) -> None:
    """Says who has a home, in one step."""
    new = home / f"{FILE}.part"
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(owner), file)
    new.replace(home / FILE)


def read_owner(home: Path) -> Owner | None:
    """Who says that it has a home; it may be no more. None where nobody says so."""
    try:
        return Owner(**json.loads((home / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def clear_owner(home: Path) -> None:
    """Takes away what an owner leaves behind. Only for who has the home's lock."""
    for name in (FILE, SOCKET):
        (home / name).unlink(missing_ok=True)


def connect(owner: Owner, seconds: float) -> socket.socket:
    """A connection to an owner. Raises OSError where nobody listens there."""
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
