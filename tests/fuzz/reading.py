"""Read a damaged file in one way or another, and check what every file is promised."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from types import FrameType

from retrieval.errors import LoadError
from retrieval.reading.collection.archive import is_archive, open_archive
from retrieval.reading.formats import errors
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.process_pool import Parsers
from retrieval.reading.formats.sandbox.protocol import Request
from retrieval.reading.formats.sandbox.read import read
from retrieval.reading.limits import ReadLimits
from retrieval.reading.raw_document import RawDocument
from tests.support.formats.reading import INNARDS, fit_for_people, well_formed
from tests.support.formats.specimens import Specimen

# Documents that are read of an archive.
OF_AN_ARCHIVE = 3
# What an archive is called, whose files' names are anything.
NAMED = "archive"


class RefusedError(Exception):
    """A file was refused, in a sentence that is fit for people."""


class TooLongError(Exception):
    """A file took longer to read than any should."""


def read_in_process(parsers: Parsers, specimen: Specimen) -> None:
    """Read a file as Footnote does, in a process of its own."""
    with _refusing():
        well_formed(parsers.read(specimen.data, specimen.name))


def read_here(specimen: Specimen, seconds: float) -> None:
    """Read a file in this process. Raises TooLongError after some seconds of the processor."""
    with _refusing(), _within(seconds):
        try:
            well_formed(read(Request(specimen.data, specimen.name), ReadLimits().output))
        except RecursionError as error:
            raise errors.nested() from error


def read_archive(parsers: Parsers, specimen: Specimen) -> None:
    """Open an archive, and read some of what it holds; or read what is none any more."""
    if not is_archive(specimen.data):
        read_in_process(parsers, specimen)
        return
    raw = RawDocument(specimen.data, source=NAMED, called=NAMED, name=specimen.name)
    try:
        entries = open_archive(raw).entries
    except LoadError as error:
        raise RefusedError(_checked(str(error))) from error
    for entry in islice(entries, OF_AN_ARCHIVE):
        with suppress(RefusedError, LoadError):
            member = entry.load()
            read_in_process(parsers, Specimen(member.name, member.data))


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except UnreadableError as error:
        told = fit_for_people(error)
        assert not told.startswith("took longer"), told
        raise RefusedError(told) from error


def _checked(told: str) -> str:
    assert "\n" not in told, told
    assert not INNARDS.search(told.partition("Left out:")[0]), told
    return told.partition(" Left out:")[0]


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def stop(_: int, __: FrameType | None) -> None:
        raise TooLongError(f"{seconds:g} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
