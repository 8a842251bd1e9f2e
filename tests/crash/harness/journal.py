"""The work of a process, a line of JSON each, and what a home may hold by that."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .texts import GONE

# A source in a library, and the version of it that is there.
Key = tuple[str, str]
Held = Mapping[Key, int]


class Journal:
    """A file that lines are added to; several threads may.

    A line is there as soon as its write is through: a killed process takes none of them along.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def begin(self, number: str, library: str, wanted: Mapping[str, int], together: bool) -> None:
        """An operation begins that is to leave these versions behind, `together` or one by one."""
        self._write(begin=number, library=library, wanted=wanted, together=together)

    def acknowledge(self, number: str, sources: Iterable[str]) -> None:
        """Note that what an operation was to do with some sources has been reported as done."""
        self._write(done=number, sources=list(sources))

    def end(self, number: str) -> None:
        """Nothing of an operation is under way any more."""
        self._write(end=number)

    def find(self, held: Held) -> None:
        """All that a home was found to hold, with nobody at work on it."""
        self._write(found=[[*key, version] for key, version in sorted(held.items())])

    def _write(self, **entry: Any) -> None:
        os.write(self._file, f"{json.dumps(entry)}\n".encode())


@dataclass(slots=True)
class Operation:
    """An operation under way: versions of a library's sources come, all at once or one by one."""

    library: str
    wanted: dict[str, int]
    together: bool


@dataclass(slots=True)
class Expected:
    """The versions that a home must hold, and those it may hold besides, as written down."""

    held: dict[Key, int] = field(default_factory=dict)
    under_way: dict[str, Operation] = field(default_factory=dict)
    acknowledged: int = 0

    def allowed(self, key: Key) -> set[int]:
        """The versions of a source that may be there; none of it is version 0."""
        library, source = key
        coming = (
            operation.wanted[source]
            for operation in self.under_way.values()
            if operation.library == library and source in operation.wanted
        )
        return {self.held.get(key, GONE), *coming}

    def keys(self) -> set[Key]:
        """All sources that are or may be there."""
        coming = {(one.library, source) for one in self.under_way.values() for source in one.wanted}
        return coming | set(self.held)

    def take(self, entry: dict[str, Any]) -> None:
        """Reads the next line."""
        match entry:
            case {"begin": number, **named}:
                self.under_way[number] = Operation(**named)
            case {"done": number, "sources": sources}:
                operation = self.under_way[number]
                for source in sources:
                    self.held[operation.library, source] = operation.wanted.pop(source)
                self.acknowledged += 1
            case {"end": number}:
                del self.under_way[number]
            case {"found": found}:
                self.held = {(library, source): version for library, source, version in found}
                self.under_way.clear()


def read_journal(path: Path) -> Expected:
    """Return what a home must and may hold by its journal."""
    expected = Expected()
    for entry in _lines(path):
        expected.take(entry)
    return expected


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open() as file:
        yield from map(json.loads, file)
