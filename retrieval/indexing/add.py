"""Ingest many sources into one library: each is received, and what is new is inserted in batches.

While documents are embedded, those that follow are fetched, read and cut in a thread of its own.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Generic, TypeVar

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.reading.intake import Intake
from retrieval.reading.source import Source
from retrieval.store.library_store import LibraryStore
from retrieval.store.sources.note import note_places
from retrieval.types import Added, DocumentInfo

from .embed_passages import Progress
from .insert import Brought, bring_in
from .receive import Arrival, Content, arrivals, fetch_and_receive, recognise, unchanged

Item = TypeVar("Item")

# Seconds after which a thread that waits looks up, so that Ctrl-C is heard.
LOOK = 0.1


def ahead(
    items: Iterable[Item], most: int, weight: Callable[[Item], int]
) -> Generator[Item, None, None]:
    """The items in their order, some made before they are asked for: what waits weighs at most
    `most`, or is one item.

    What making them raises, is raised here in its place. When this is closed, no more are made,
    and the thread has ended.
    """
    between = _Between[Item](most)
    thread = Thread(target=between.fill, args=(items, weight), name="ahead", daemon=True)
    thread.start()
    try:
        yield from between.taken()
    finally:
        between.close()
        thread.join()


class _Between(Generic[Item]):
    """The items that have been made and not been asked for yet."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.waiting = deque[tuple[Item, int]]()
        self.weight = 0
        self.finished = self.closed = False
        self.error: BaseException | None = None
        self.changed = Condition()

    def fill(self, items: Iterable[Item], weight: Callable[[Item], int]) -> None:
        """Make the items until there are no more, or none is wanted."""
        try:
            for item in items:
                if not self._put(item, weight(item)):
                    return
        except BaseException as error:  # noqa: BLE001 -- raised where the item would have come
            self.error = error
        with self.changed:
            self.finished = True
            self.changed.notify_all()

    def _put(self, item: Item, weight: int) -> bool:
        """True if it was still wanted."""
        with self.changed:
            self.changed.wait_for(
                lambda: self.closed or not self.waiting or self.weight + weight <= self.most
            )
            self.waiting.append((item, weight))
            self.weight += weight
            self.changed.notify_all()
            return not self.closed

    def taken(self) -> Generator[Item, None, None]:
        """The items as they come."""
        while True:
            with self.changed:
                while not self.waiting and not self.finished:
                    self.changed.wait(LOOK)
                if not self.waiting:
                    break
                item, weight = self.waiting.popleft()
                self.weight -= weight
                self.changed.notify_all()
            yield item
        if self.error is not None:
            raise self.error

    def close(self) -> None:
        """Have no more made."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()


# Passages gathered from several documents before they are embedded together: small documents
# would otherwise leave most of each batch empty.
GATHERED = 256
# Passages of documents that are read and cut before they are wanted.
AHEAD = 1024


@dataclass(slots=True)
class _Gathered:
    """Documents that wait to be embedded together."""

    waiting: list[Arrival] = field(default_factory=list)
    passages: int = 0

    def put(self, item: Arrival) -> None:
        self.waiting.append(item)
        self.passages += len(item.prepared.passages)

    def holds(self, content: Content) -> bool:
        """True if the same content, or another version from the same source, is waiting."""
        return any(
            item.content.version == content.version or item.content.source == content.source
            for item in self.waiting
        )

    def has_version_of(self, source: str) -> bool:
        """True if content from a source is waiting."""
        return any(item.content.source == source for item in self.waiting)

    def take(self) -> list[Arrival]:
        taken, self.waiting, self.passages = self.waiting, [], 0
        return taken


def add(
    store: LibraryStore,
    sources: Iterable[Source],
    intake: Intake,
    embedder: SentenceEmbedder,
    added_by: str,
    progress: Progress,
) -> Iterator[Added]:
    """Add what the sources hold, yielding what became of each as soon as that is settled.

    While documents are embedded, those that follow are fetched, read and cut. What belongs to a
    folder or the like is noted down with that.
    """
    with closing(_settled(store, sources, intake, embedder, added_by, progress)) as settled:
        for some in settled:
            note_places(store.catalog, [pair for pair in some if not intake.closed or _well(pair)])
            yield from (added for _, added in some)


def _settled(
    store: LibraryStore,
    sources: Iterable[Source],
    intake: Intake,
    embedder: SentenceEmbedder,
    added_by: str,
    progress: Progress,
) -> Generator[list[tuple[Source, Added]], None, None]:
    gathered = _Gathered()
    received = (
        pair for source in sources for pair in arrivals(store, source, intake, embedder, added_by)
    )
    with closing(ahead(received, AHEAD, lambda pair: _weight(pair[1]))) as arriving:
        for source, came in arriving:
            if isinstance(came, Added) and came.document is not None:
                # Read ahead, it was known; what came before it may be about to replace it.
                if gathered.has_version_of(came.document.source):
                    yield _bring_in(store, gathered.take(), embedder, progress)
                if store.catalog.with_version(came.document.version) is None:
                    came = fetch_and_receive(  # noqa: PLW2901
                        store, source, intake, embedder, added_by
                    )
            if isinstance(came, Added):
                yield [(source, came)]
                continue
            if gathered.holds(came.content):
                yield _bring_in(store, gathered.take(), embedder, progress)
            gathered.put(came)
            if gathered.passages >= GATHERED:
                yield _bring_in(store, gathered.take(), embedder, progress)
        yield _bring_in(store, gathered.take(), embedder, progress)


def _well(pair: tuple[Source, Added]) -> bool:
    return pair[1].error is None


def _weight(came: Added | Arrival) -> int:
    return 1 if isinstance(came, Added) else len(came.prepared.passages)


def _bring_in(
    store: LibraryStore, taken: Sequence[Arrival], embedder: SentenceEmbedder, progress: Progress
) -> list[tuple[Source, Added]]:
    if not taken:
        return []
    with store.claims.on(item.content.version for item in taken):
        # Since they were read, another document or thread may have brought in the same.
        before = {item.content.version: _known(store, item) for item in taken}
        known = {item.content.version: recognise(store, item.content, embedder) for item in taken}
        new = [item.prepared for item in taken if known[item.content.version] is None]
        brought = bring_in(store, new, embedder, progress)
    return [(item.source, _outcome(item, known, before, brought)) for item in taken]


def _known(store: LibraryStore, item: Arrival) -> DocumentInfo | None:
    return store.catalog.with_version(item.content.version)


Documents = Mapping[str, DocumentInfo | None]


def _outcome(item: Arrival, known: Documents, before: Documents, brought: Brought) -> Added:
    version, name = item.content.version, item.source.name
    if (found := known[version]) is not None:
        return unchanged(name, item.content, found, before[version])
    replaced = item.content.source in brought.replaced
    return Added(name, brought.documents[version], replaced=replaced)
