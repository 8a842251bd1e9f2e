"""The members of an archive, each with a path that doesn't lead out of it."""

import mmap
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from retrieval.errors import Counted, LoadError
from retrieval.reading.limits import in_units

DRIVE = re.compile(r"[A-Za-z]:[\\/]")
LONGEST_PATH = 1000  # characters
Data = bytes | mmap.mmap


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, or a link. `read` gives its `size` bytes, or raises LoadError.

    `name` is the name of its file where that isn't the last part of its path: a wiki's page has a
    title, and no file.
    """

    path: str
    size: int
    read: Callable[[], bytes]
    is_link: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The members of one archive, what was left out of it, and the comment it carries, or ""."""

    members: list[Member] = field(default_factory=list)
    comment: str = ""
    left_out: Counter[str] = field(default_factory=Counter)


def path_of(name: str, called: str) -> str:
    """The path that a name stands for, with single slashes; "" for the archive itself.

    Raises LoadError where it leads out of the archive.
    """
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or (len(parts) > 1 and not parts[0]) or DRIVE.match(name) or "\0" in name:
        raise leads_out(called)
    path = "/".join(part for part in parts if part not in ("", "."))
    if len(path) > LONGEST_PATH:
        raise LoadError(
            "{archive} holds a file whose path is longer than a path can be. Split it into smaller "
            "archives.",
            archive=called,
        )
    # macOS writes letters and their accents apart.
    return unicodedata.normalize("NFC", path)


def check_target(path: str, target: str, called: str, base: str | None = None) -> None:
    """Raise LoadError where a link leads out of the archive. None is followed in any case."""
    target = target.replace("\\", "/")
    start = posixpath.dirname(path) if base is None else base
    reached = posixpath.normpath(posixpath.join(start, target))
    if target.startswith("/") or DRIVE.match(target) or reached.split("/")[0] == "..":
        raise leads_out(called)


def leads_out(called: str) -> LoadError:
    """An archive has files, or links, that would be put outside it."""
    return LoadError(
        "{archive} is an archive whose files lead out of it, and nothing of it was read. "
        "Make it anew from the files themselves.",
        archive=called,
    )


def too_large(called: str, most: int) -> LoadError:
    """An archive unpacks to more bytes than it may."""
    return LoadError(
        "{archive} unpacks to more than {limit}. Split it into smaller archives.",
        archive=called,
        limit=in_units(most),
    )


def too_many(called: str, most: int) -> LoadError:
    """An archive holds more files than it may."""
    return LoadError(
        Counted(
            "{archive} holds more than {count} file. Split it into smaller archives.",
            "{archive} holds more than {count} files. Split it into smaller archives.",
            most,
            archive=called,
        )
    )


def trap(called: str) -> LoadError:
    """An archive unpacks to far more than what it seems to hold."""
    return LoadError(
        "{archive} unpacks to far more than it should, as a trap does. "
        "Make it anew from the files themselves.",
        archive=called,
    )


def damaged(called: str) -> LoadError:
    """An archive that can't be read."""
    return LoadError("{archive} is a damaged archive. Download or make it anew.", archive=called)


def protected(called: str) -> LoadError:
    """An archive needs a password."""
    return LoadError(
        "{archive} is protected with a password. Make it anew without one and add it again.",
        archive=called,
    )
