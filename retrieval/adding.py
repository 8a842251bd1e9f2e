"""Many sources into one library: each read, told apart from what is known, and brought in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from langchain_core.documents import Document

from .embed import SentenceEmbedder
from .errors import FootnoteError
from .indexing import Progress
from .ingest import bring_in
from .known import Version, recognise
from .prepare import Prepared, document_id, prepare
from .schema import DocumentInfo
from .shelf import Shelf
from .sources import Source

# Passages gathered from several documents before they are embedded together: small documents
# would otherwise leave most of each batch empty.
GATHERED = 256


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source: its document, or the error that says why there is none."""

    source: str
    document: DocumentInfo | None = None
    unchanged: bool = False
    replaced: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that has been read and cut; `name` is what its source is called."""

    name: str
    version: Version
    prepared: Prepared


@dataclass(slots=True)
class _Gathered:
    """Documents that wait to be embedded together."""

    waiting: list[_Waiting] = field(default_factory=list)
    passages: int = 0

    def put(self, item: _Waiting) -> None:
        self.waiting.append(item)
        self.passages += len(item.prepared.passages)

    def holds(self, version: Version) -> bool:
        """Whether the same content, or another version from the same source, is waiting."""
        held = [item.version for item in self.waiting]
        return any(other.id == version.id or other.source == version.source for other in held)

    def take(self) -> list[_Waiting]:
        taken, self.waiting, self.passages = self.waiting, [], 0
        return taken


def add(
    shelf: Shelf,
    sources: Iterable[Source],
    embedder: SentenceEmbedder,
    added_by: str,
    progress: Progress,
) -> Iterator[Added]:
    """Adds what the sources hold, yielding what became of each as soon as that is settled."""
    gathered = _Gathered()
    for source in sources:
        try:
            parts = source.read()
        except FootnoteError as error:
            yield Added(source.name, error=str(error))
            continue
        version = _version(source, parts)
        if gathered.holds(version):
            yield from _bring_in(shelf, gathered.take(), embedder, progress)
        with shelf.claims.on([version.id]):
            known = recognise(shelf, version, embedder)
        if known is not None:
            yield Added(source.name, known, unchanged=True)
        else:
            prepared = prepare(parts, embedder, added_by, version.title_given)
            gathered.put(_Waiting(source.name, version, prepared))
        if gathered.passages >= GATHERED:
            yield from _bring_in(shelf, gathered.take(), embedder, progress)
    yield from _bring_in(shelf, gathered.take(), embedder, progress)


def _version(source: Source, parts: Sequence[Document]) -> Version:
    read, titled = parts[0].metadata, bool((source.title or "").strip())
    return Version(document_id(parts), read["source"], read["title"], titled)


def _bring_in(
    shelf: Shelf, taken: Sequence[_Waiting], embedder: SentenceEmbedder, progress: Progress
) -> list[Added]:
    if not taken:
        return []
    with shelf.claims.on(item.version.id for item in taken):
        # Since they were read, another thread may have brought in the same.
        known = {item.version.id: recognise(shelf, item.version, embedder) for item in taken}
        new = [item.prepared for item in taken if known[item.version.id] is None]
        brought = bring_in(shelf, new, embedder, progress)
    return [
        Added(item.name, found, unchanged=True)
        if (found := known[item.version.id])
        else Added(
            item.name,
            brought.documents[item.version.id],
            replaced=item.version.source in brought.replaced,
        )
        for item in taken
    ]
