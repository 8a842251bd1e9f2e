"""Many sources into one library: each read, told apart from what is known, and brought in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from langchain_core.documents import Document

from .embed import SentenceEmbedder
from .errors import FootnoteError
from .ingest import Progress, bring_in, embed, ignore, take_out
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


@dataclass(slots=True)
class _Gathered:
    """Documents that have been read and wait to be embedded together."""

    waiting: list[tuple[Source, Prepared]] = field(default_factory=list)
    passages: int = 0

    def put(self, source: Source, prepared: Prepared) -> None:
        self.waiting.append((source, prepared))
        self.passages += len(prepared.passages)

    def holds(self, parts: Sequence[Document]) -> bool:
        """Whether the same content, or another version from the same source, is waiting."""
        known = parts[0].metadata
        return any(
            prepared.document.sha256 == known["sha256"]
            or prepared.document.source == known["source"]
            for _, prepared in self.waiting
        )

    def take(self) -> list[tuple[Source, Prepared]]:
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
        if gathered.holds(parts):
            yield from _bring_in(shelf, gathered.take(), embedder, progress)
        if (known := shelf.catalog.document(document_id(parts))) is not None:
            yield _unchanged(shelf, source, parts[0].metadata, known, embedder)
        else:
            titled = bool((source.title or "").strip())
            gathered.put(source, prepare(parts, embedder, added_by, titled))
        if gathered.passages >= GATHERED:
            yield from _bring_in(shelf, gathered.take(), embedder, progress)
    yield from _bring_in(shelf, gathered.take(), embedder, progress)


def _bring_in(
    shelf: Shelf,
    taken: Sequence[tuple[Source, Prepared]],
    embedder: SentenceEmbedder,
    progress: Progress,
) -> Iterator[Added]:
    if not taken:
        return
    replacing = {
        item.document.source for _, item in taken if shelf.catalog.at_source(item.document.source)
    }
    bring_in(shelf, [prepared for _, prepared in taken], embedder, progress)
    for source, prepared in taken:
        document = shelf.catalog.document(prepared.document.id)
        yield Added(source.name, document, replaced=prepared.document.source in replacing)


def _unchanged(
    shelf: Shelf,
    source: Source,
    read: Mapping[str, str],
    known: DocumentInfo,
    embedder: SentenceEmbedder,
) -> Added:
    """The content is known. Only a new title, or an older version from this source, is news."""
    if (source.title or "").strip() and read["title"] != known.title:
        shelf.catalog.retitle(known.id, read["title"])
        embed(shelf, [known.id], embedder, ignore)  # which has read the old title
    older = [id for id in shelf.catalog.at_source(read["source"]) if id != known.id]
    if older:
        take_out(shelf, older)
    return Added(source.name, shelf.catalog.document(known.id), unchanged=True)
