"""The work that is cut off: documents added, replaced, refreshed and removed; each is written down
once it was reported as done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from retrieval.library import Library
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import Source, from_file
from retrieval.types import Added

from .journal import Journal
from .texts import GONE, VERSIONS, text_of

LIBRARIES = ("common", "guild-1")
# Sources of each worker and library: few, so that most are there and get replaced.
NOTES, FILES = 8, 3
# Documents that are added, or removed, together.
TOGETHER = 3


class WorkError(Exception):
    """A verb said that something failed, with nobody to blame."""


@dataclass(slots=True)
class Worker:
    """Does one random thing after the other with sources that are its own.

    `files` is the folder for those that are files.
    """

    name: str
    library: Library
    journal: Journal
    files: Path
    random: Random
    numbers: Iterator[int] = field(default_factory=count)

    def work(self, operations: int | None = None) -> None:
        """Goes on for ever, or for so many operations."""
        for _ in range(operations) if operations is not None else count():
            chosen = self.random.choices([self.add, self.refresh, self.remove], [5, 2, 2])
            chosen[0](self.random.choice(LIBRARIES))

    def add(self, library: str) -> None:
        """Adds documents, or other versions of those that are there."""
        some = self.random.sample(self.notes() + self._files(), self.random.randint(1, TOGETHER))
        wanted = {source: self.random.randint(1, VERSIONS) for source in some}
        sources = [self._source(source, version) for source, version in wanted.items()]
        self._bring_in(library, wanted, lambda: self.library.add(sources, library))

    def refresh(self, library: str) -> None:
        """Has files read again, after they were changed."""
        there = self._there(library)
        some = [source for source in self._files() if source in there]
        wanted = {source: self.random.randint(1, VERSIONS) for source in some}
        for source, version in wanted.items():
            Path(source).write_text(text_of(source, version))
        ids = [there[source] for source in wanted]
        if ids:
            self._bring_in(library, wanted, lambda: self.library.refresh(ids, library))

    def remove(self, library: str) -> None:
        """Removes documents, all or none."""
        there = self._there(library)
        mine = [source for source in self.notes() + self._files() if source in there]
        some = self.random.sample(mine, min(len(mine), self.random.randint(1, TOGETHER)))
        if not some:
            return
        number = self._begin(library, dict.fromkeys(some, GONE), together=True)
        self.library.remove([there[source] for source in some], library)
        self.journal.acknowledge(number, some)
        self.journal.end(number)

    def _there(self, library: str) -> dict[str, str]:
        """The ids of what is there, by their sources."""
        there = self.library.documents(library) if self.library.has(library) else []
        return {document.source: document.id for document in there}

    def _bring_in(
        self, library: str, wanted: Mapping[str, int], act: Callable[[], Iterator[Added]]
    ) -> None:
        number = self._begin(library, wanted, together=False)
        for added in act():
            if added.error is not None:
                raise WorkError(added.error)
            self.journal.acknowledge(number, [added.source])
        self.journal.end(number)

    def _begin(self, library: str, wanted: Mapping[str, int], together: bool) -> str:
        number = f"{self.name}-{next(self.numbers)}"
        self.journal.begin(number, library, wanted, together)
        return number

    def notes(self) -> list[str]:
        """The sources that are not on disk."""
        return [f"{self.name}-note-{number}" for number in range(NOTES)]

    def _files(self) -> list[str]:
        return [str(self.files / f"{self.name}-file-{number}") for number in range(FILES)]

    def _source(self, source: str, version: int) -> Source:
        if source in self.notes():
            raw = RawDocument(text_of(source, version).encode(), source, source, source)
            return Source(source, lambda _: raw)
        Path(source).write_text(text_of(source, version))
        return from_file(Path(source))
