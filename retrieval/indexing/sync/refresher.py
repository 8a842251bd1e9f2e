"""Look at sources again when they are due, in a thread in the background, one after the other."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Protocol

from retrieval.errors import FootnoteError
from retrieval.indexing.embed_passages import Progress
from retrieval.store.home import Home
from retrieval.store.library_store import LibraryStore
from retrieval.store.sources.sources import all_sources
from retrieval.types import SourceInfo

from .change import Change
from .known import sources_of
from .schedule import NEVER, next_look

log = logging.getLogger(__name__)

# Seconds between two looks at what is due.
LOOK = 60.0
# A library in which nothing is due is looked at again after so long: it may have new sources.
STALE = timedelta(hours=1)


class Libraries(Protocol):
    """The libraries of a home, as far as they are needed here."""

    home: Home

    def sync(
        self, ids: Sequence[str], library: str, progress: Progress, dry_run: bool = False
    ) -> Iterator[Change]:
        """Sync some sources of a library."""


class Hearing(Protocol):
    """A block that hears of the changes that are made in it."""

    changes: list[Change]


Around = Callable[[str], AbstractContextManager[Hearing]]


@dataclass(slots=True)
class _Alone:
    changes: list[Change] = field(default_factory=list)


def utc_now() -> datetime:
    """The time by the machine's clock."""
    return datetime.now(UTC)


class Refresher:
    """The thread that syncs sources; `usual` is the schedule of those that have none of their own.

    Nothing is due right after a start: what was missed meanwhile comes one by one.
    """

    def __init__(
        self,
        libraries: Libraries,
        usual: str,
        clock: Callable[[], datetime] = utc_now,
        pause: float = LOOK,
        around: Around | None = None,
    ) -> None:
        """`around` gives, for a library's name, a block to sync it in, which hears of changes."""
        self._libraries, self._usual, self._clock = libraries, usual, clock
        self._around = around or (lambda _: nullcontext(_Alone()))
        self._pause = pause
        self._closed = Event()
        # When something is due in a library, by its name.
        self._next: dict[str, datetime] = {}
        self._thread = Thread(target=self._run, name="refresher", daemon=True)

    def start(self) -> None:
        """Begin to look, a while from now."""
        self._thread.start()

    def close(self) -> None:
        """End it: what it has read by then is kept."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._closed.wait(self._pause):
            self.look()

    def look(self) -> None:
        """Sync all sources that are due by the clock."""
        for name in self._libraries.home.names():
            if self._closed.is_set():
                return
            now = self._clock()
            if self._next.get(name, now) <= now:
                self._next[name] = now + STALE
                try:
                    self._look_at(name)
                except (FootnoteError, OSError) as error:
                    log.warning("%s was not refreshed: %s", name, error)

    def _look_at(self, name: str) -> None:
        store = self._libraries.home.store(name)
        for source in scheduled(store, self._usual):
            due = next_look(source, self._usual, self._clock())
            if due is not None and due <= self._clock() and not self._closed.is_set():
                self._sync(source)
        # Those that were synced are due later by now, and others may be due soon.
        dues = (next_look(one, self._usual, self._clock()) for one in scheduled(store, self._usual))
        self._next[name] = min([self._next[name], *(due for due in dues if due is not None)])

    def _sync(self, source: SourceInfo) -> None:
        with self._around(source.library) as hearing:
            for change in self._libraries.sync([source.id], source.library, self._progress):
                if self._closed.is_set():
                    hearing.changes.clear()  # there is no time to look at what they did
                    return
                hearing.changes.append(change)
        tell(source, hearing.changes)

    def _progress(self, passages: int) -> None:
        if self._closed.is_set():
            raise FootnoteError("Footnote is stopping. The next look goes on from there.")


def scheduled(store: LibraryStore, usual: str) -> list[SourceInfo]:
    """The sources of a library that may ever be due."""
    if usual == NEVER:
        return [source for source in all_sources(store.catalog) if source.every]
    return sources_of(store)


def tell(source: SourceInfo, changes: Sequence[Change]) -> None:
    """Log what a sync came to: counts, and what failed."""
    counts = dict(Counter[str](change.kind for change in changes))
    about = {"library": source.library, "source": source.id, "what": source.place}
    log.info("refreshed", extra={**about, **counts})
    for change in changes:
        if change.kind == "failed":
            log.warning(
                "not refreshed", extra={**about, "place": change.place, "why": change.error}
            )
