"""The limits of what a document may take: bytes, seconds, memory, redirects.

A number that is told to people (the largest file, the seconds for a page) stands here, and so does
what keeps a hostile file or site from using up this machine.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from retrieval.errors import N_, Counted, LoadError, Sentence

KIB, MIB = 1024, 1024 * 1024
UNITS = {1: N_("{size} KiB"), 2: N_("{size} MiB"), 3: N_("{size} GiB")}

# Bytes of a file, an upload or a page. A long novel is one or two MiB of text, and a thick
# illustrated manual stays below this.
LARGEST_FILE = 20 * MIB


def check_size(size: int, called: str, largest: int = LARGEST_FILE) -> None:
    """Raise LoadError where something has too many bytes to be read."""
    if size > largest:
        raise LoadError(
            "{file} is larger than {limit}. Split it into smaller files.",
            file=called,
            limit=in_units(largest),
        )


def in_units(count: int) -> str:
    """A number of bytes in the largest unit of which it is at least one: "20 MiB"."""
    if count < KIB:
        return Counted("{size} byte", "{size} bytes", count, size=count)
    power = next(power for power in (3, 2, 1) if count >= KIB**power)
    return Sentence(UNITS[power], size=float(f"{count / KIB**power:.4g}"))


# --- Files


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Seconds for reading one file, and bytes of memory and of text that comes out."""

    seconds: float = 60
    memory: int = 1024 * MIB
    output: int = 20 * MIB


# The models that read pictures take a gigabyte, and several seconds a page on one processor.
RECOGNITION_LIMITS = ReadLimits(seconds=600, memory=2048 * MIB)
MOST_PIXELS = 64_000_000  # a good telephone's pictures have 50 million


# Archives, which Office files and books are. A large book or workbook has hundreds of members, and
# unpacks to ten to thirty times its size; a small member may be packed more tightly.
MOST_MEMBERS = 5_000
MOST_UNPACKED = 400 * MIB
LARGEST_RATIO, SMALL_MEMBER = 200, 1 * MIB

# Archives of documents: the bytes of one, and what stands in all of it together.
ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".gz")
LARGEST_ARCHIVE = 256 * MIB


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Files in an archive, bytes that they unpack to, and archives in each other."""

    files: int = 20_000
    unpacked: int = 512 * MIB
    nested: int = 1


# Tables. More cells are a dump of data, and answer no question by being quoted.
MOST_CELLS = 2_000_000
LONGEST_CELL = 1 * MIB  # characters


# --- The web


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Seconds, bytes and redirects for one page. `cut` takes the beginning of larger ones.

    Waiting out of politeness is not counted in the seconds.
    """

    seconds: float = 30.0
    size: int = LARGEST_FILE
    redirects: int = 5
    cut: bool = False


class Deadline:
    """A number of seconds from now on, for all steps that something takes."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """The seconds that are left, more than 0. Raises TimeoutError where there are none."""
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the time for the block."""
        began = self._clock()
        try:
            yield
        finally:
            self._end += self._clock() - began


LONGEST_URL = 2048  # characters, by sitemaps.org; some servers and all proxies read no longer ones

# For robots.txt: the least size that RFC 9309 (2.5) allows for.
ROBOTS_SECONDS = 10.0
LARGEST_ROBOTS = 500 * KIB

LARGEST_SITEMAP = 20 * MIB  # unpacked
MOST_SITEMAPS = 50
MOST_IN_A_SITEMAP = 50_000  # addresses, by sitemaps.org
MOST_LOCATIONS = 200_000  # in all sitemaps of a site, which are held in memory
