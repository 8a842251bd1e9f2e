"""Read damaged files of every kind, thousands of them: `python -m tests.fuzz.fuzz [N] [SEED]`.

Prints figures for every kind, and exits with 1 where one file broke what every file is promised.
"""

import logging
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.process_pool import Parsers, logger
from retrieval.reading.limits import ReadLimits
from tests.support.formats.damaged import damaged_files
from tests.support.formats.reading import fit_for_people, well_formed
from tests.support.formats.specimens import Specimen

FILES, SEED = 2_600, 7
SECONDS = 20  # for a file; none of them needs one


@dataclass(slots=True)
class Figures:
    """The outcome of the damaged files of one kind; `slowest` is in seconds."""

    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    told: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


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
    numbers = [int(argument) for argument in arguments]
    count, seed, *_ = *numbers, *(FILES, SEED)[len(numbers) :]
    with Parsers(limits=ReadLimits(SECONDS)) as parsers:
        figures = fuzz(parsers, damaged_files(count, seed))
    for kind, row in figures.items():
        print(f"{kind:9} {row.read:5} read {row.refused:5} refused, slowest {row.slowest:.2f} s")
        for told, times in row.told.most_common(4):
            print(f"{times:15} × {told}")
    broken = [f"{kind}: {what}" for kind, row in figures.items() for what in row.broken]
    print(f"{len(broken)} broke a promise", *broken, sep="\n")
    return 1 if broken else 0


def fuzz(parsers: Parsers, files: Iterable[tuple[str, Specimen]]) -> dict[str, Figures]:
    """Read files, each with the kind it was, and count what came of them by kind."""
    figures: dict[str, Figures] = {}
    with listening() as deaths:
        for number, (kind, specimen) in enumerate(files):
            row, before = figures.setdefault(kind, Figures()), deaths.count
            started = time.monotonic()
            try:
                _read(parsers, specimen, row)
                assert deaths.count == before, "its process ended"
            except Exception as error:  # noqa: BLE001 -- whatever else comes out is what we look for
                row.broken.append(f"file {number}: {type(error).__name__}: {error}")
            row.slowest = max(row.slowest, time.monotonic() - started)
    return figures


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


def _read(parsers: Parsers, specimen: Specimen, row: Figures) -> None:
    try:
        well_formed(parsers.read(specimen.data, specimen.name))
        row.read += 1
    except UnreadableError as error:
        row.refused += 1
        told = fit_for_people(error)
        row.told[told] += 1
        assert not told.startswith("took longer"), told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
