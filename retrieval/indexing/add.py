"""Many sources into one library: each received, and what is new brought in, several at once."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.reading.intake import Intake
from retrieval.reading.source import Source
from retrieval.store.library_store import Shelf
from retrieval.types import Added

from .ahead import ahead
from .embed_passages import Progress
from .insert import bring_in
from .known import Version, recognise
from .receive import Arrival, receive, unchanged

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

    def holds(self, version: Version) -> bool:
        """Whether the same content, or another version from the same source, is waiting."""
        held = [item.version for item in self.waiting]
        return any(other.id == version.id or other.source == version.source for other in held)

    def has_version_of(self, source: str) -> bool:
        """Whether content from a source is waiting."""
        return any(item.version.source == source for item in self.waiting)

    def take(self) -> list[Arrival]:
        taken, self.waiting, self.passages = self.waiting, [], 0
        return taken


def add(
    shelf: Shelf,
    sources: Iterable[Source],
    intake: Intake,
    embedder: SentenceEmbedder,
    added_by: str,
    progress: Progress,
) -> Iterator[Added]:
    """Adds what the sources hold, yielding what became of each as soon as that is settled.

    While documents are embedded, those that follow are fetched, read and cut.
    """
    gathered = _Gathered()
    received = ((source, receive(shelf, source, intake, embedder, added_by)) for source in sources)
    with closing(ahead(received, AHEAD, lambda pair: _weight(pair[1]))) as arriving:
        for source, came in arriving:
            if isinstance(came, Added) and came.document is not None:
                # Read ahead, it was known; what came before it may be about to replace it.
                if gathered.has_version_of(came.document.source):
                    yield from _bring_in(shelf, gathered.take(), embedder, progress)
                if shelf.catalog.document(came.document.id) is None:
                    came = receive(shelf, source, intake, embedder, added_by)  # noqa: PLW2901
            if isinstance(came, Added):
                yield came
                continue
            if gathered.holds(came.version):
                yield from _bring_in(shelf, gathered.take(), embedder, progress)
            gathered.put(came)
            if gathered.passages >= GATHERED:
                yield from _bring_in(shelf, gathered.take(), embedder, progress)
        yield from _bring_in(shelf, gathered.take(), embedder, progress)


def _weight(came: Added | Arrival) -> int:
    return 1 if isinstance(came, Added) else len(came.prepared.passages)


def _bring_in(
    shelf: Shelf, taken: Sequence[Arrival], embedder: SentenceEmbedder, progress: Progress
) -> list[Added]:
    if not taken:
        return []
    with shelf.claims.on(item.version.id for item in taken):
        # Since they were read, another document or thread may have brought in the same.
        known = {item.version.id: recognise(shelf, item.version, embedder) for item in taken}
        new = [item.prepared for item in taken if known[item.version.id] is None]
        brought = bring_in(shelf, new, embedder, progress)
    return [
        unchanged(item.name, item.version, found)
        if (found := known[item.version.id])
        else Added(
            item.name,
            brought.documents[item.version.id],
            replaced=item.version.source in brought.replaced,
        )
        for item in taken
    ]
