"""Read damaged files of every kind, thousands of them: `python -m tests.fuzz.fuzz [N] [SEED]`.

`--each N` reads so many of every kind, `--kinds a,b` only some, `--here` reads texts in this
process, which is faster, and stricter: what a reader didn't foresee then counts as broken, where
users would be told that the file is damaged. `--notes FILE` keeps count in a file, and goes on
from there. `--write KIND NUMBER` puts the bytes of one file on standard output.

Prints figures for every kind, and exits with 1 where one file broke what every file is promised.
"""

import argparse
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from retrieval.reading.formats.detect import binary_format
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.registry import BY_KIND
from retrieval.reading.formats.sandbox.process_pool import Parsers, logger
from retrieval.reading.limits import ReadLimits
from tests.support.formats.specimens import Specimen

from .good_files import PACKED, damaged_file, good_files
from .reading import RefusedError, read_archive, read_here, read_in_process

FILES, SEED = 2_600, 7
SECONDS = 20  # for a file; none of them needs one
SLOW = 5.0  # seconds after which a file is looked at
NOTED = 200  # files after which the notes are written
TOLD = 4  # refusals that are printed of a kind
# Kinds that libraries read, which may end a process, or raise what they like.
BY_LIBRARIES = frozenset(kind for kind, each in BY_KIND.items() if each.binary and kind != "mail")
# Reading a picture takes a second, and what is damaged in it is the affair of a library.
PICTURES = 300


@dataclass(slots=True)
class Figures:
    """The outcome of the damaged files of one kind; `slowest` is in seconds."""

    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    told: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def count_one(self, refusal: str) -> None:
        """Count a file that was read, or refused in some words."""
        self.read += not refusal
        self.refused += bool(refusal)
        self.told.update([refusal] if refusal else [])

    @property
    def count(self) -> int:
        """The files that were tried."""
        return self.read + self.refused + len(self.broken)


class Deaths(logging.Handler):
    """Listens for processes that ended while they read."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a message that tells of one."""
        self.count += "return code" in record.getMessage()


def main(arguments: list[str]) -> int:
    """Read as many files as asked for, and return the exit status."""
    chosen = _options().parse_args(arguments)
    if chosen.write:
        kind, number = chosen.write
        sys.stdout.buffer.write(damaged_file(kind, int(number), chosen.seed).data)
        return 0
    kinds = chosen.kinds.split(",") if chosen.kinds else [*good_files()]
    each = chosen.each or -(-chosen.count // len(kinds))
    figures = _read_notes(chosen.notes)
    with Parsers(limits=ReadLimits(SECONDS)) as parsers:
        for kind in kinds:
            most = min(each, PICTURES) if kind == "picture" else each
            fuzz_kind(parsers, kind, most, chosen, figures)
    return _tell(figures)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description="Read damaged files of every kind.")
    options.add_argument("count", nargs="?", type=int, default=FILES)
    options.add_argument("seed", nargs="?", type=int, default=SEED)
    options.add_argument("--each", type=int)
    options.add_argument("--kinds")
    options.add_argument("--here", action="store_true")
    options.add_argument("--notes", type=Path)
    options.add_argument("--write", nargs=2, metavar=("KIND", "NUMBER"))
    return options


def fuzz_kind(
    parsers: Parsers,
    kind: str,
    most: int,
    chosen: argparse.Namespace,
    figures: dict[str, Figures],
) -> None:
    """Read the damaged files of a kind that were not read yet, up to a number of them."""
    row = figures.setdefault(kind, Figures())
    here = chosen.here and kind not in BY_LIBRARIES
    while row.count < most:
        numbers = range(row.count, min(most, row.count + NOTED))
        files = ((kind, damaged_file(kind, number, chosen.seed)) for number in numbers)
        fuzz(parsers, files, figures, here)
        if chosen.notes:
            chosen.notes.write_text(json.dumps({k: _noted(row) for k, row in figures.items()}))
    print(f"{kind:24} {row.count:6}, slowest {row.slowest:.2f} s, broken {len(row.broken)}")
    sys.stdout.flush()


def _noted(row: Figures) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(row)}


def _read_notes(notes: Path | None) -> dict[str, Figures]:
    if notes is None or not notes.exists():
        return {}
    kept = json.loads(notes.read_text())
    return {kind: Figures(**{**row, "told": Counter(row["told"])}) for kind, row in kept.items()}


def _tell(figures: dict[str, Figures]) -> int:
    for kind, row in figures.items():
        print(f"{kind:24} {row.read:6} read {row.refused:6} refused, slowest {row.slowest:.2f} s")
        for told, times in row.told.most_common(TOLD):
            print(f"{times:31} × {told}")
    broken = [f"{kind}: {what}" for kind, row in figures.items() for what in row.broken]
    print(f"{len(broken)} broke a promise", *broken, sep="\n")
    return 1 if broken else 0


def fuzz(
    parsers: Parsers,
    files: Iterable[tuple[str, Specimen]],
    figures: dict[str, Figures] | None = None,
    here: bool = False,
) -> dict[str, Figures]:
    """Read files, each with the kind it was, and count what came of them by kind."""
    figures = {} if figures is None else figures
    with listening() as deaths:
        for kind, specimen in files:
            row, before = figures.setdefault(kind, Figures()), deaths.count
            clock = time.process_time if here else time.monotonic
            started, number = clock(), row.count
            try:
                told = _told(_reader(parsers, kind, here), specimen)
                assert deaths.count == before, "its process ended"
                row.count_one(told)
            except Exception as error:  # noqa: BLE001 -- whatever else comes out is what we look for
                row.broken.append(f"file {number}: {type(error).__name__}: {error}"[:300])
            row.slowest = max(row.slowest, clock() - started)
    return figures


def _told(read: Callable[[Specimen], None], specimen: Specimen) -> str:
    """The refusal of a file, "" where it is read."""
    try:
        read(specimen)
    except RefusedError as error:
        return str(error)
    return ""


def _reader(parsers: Parsers, kind: str, here: bool) -> Callable[[Specimen], None]:
    if kind.startswith(PACKED):
        return lambda specimen: read_archive(parsers, specimen)
    if here:
        return lambda specimen: (
            read_in_process(parsers, specimen)
            if _is_for_libraries(specimen)
            else read_here(specimen, SLOW)
        )
    return lambda specimen: read_in_process(parsers, specimen)


def _is_for_libraries(specimen: Specimen) -> bool:
    """Tell whether damage has made a text look like an archive, or another kind that libraries
    read, which raise what they like."""
    try:
        found = binary_format(specimen.data)
    except BadZipFile:
        return True
    except UnreadableError:
        return False
    return found is not None and found.kind in BY_LIBRARIES


@contextmanager
def listening() -> Iterator[Deaths]:
    """Count the processes that end inside the block while they read."""
    deaths, level = Deaths(), logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(deaths)
    try:
        yield deaths
    finally:
        logger.removeHandler(deaths)
        logger.setLevel(level)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
