"""The way of a document into a library, and out of it again.

load → split → catalog (*pending*) → embed → vectors → *ready*. What is killed on the way is
swept out when the library is next opened; a document is in whole, or not at all.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from langchain_core.documents import Document

from .catalog import NewDocument
from .embed import SentenceEmbedder, Vectors
from .errors import FootnoteError
from .shelf import MODEL, UNDER_WAY, Shelf
from .split import PassageSpan, split
from .stored import passage_numbers, read_unembedded, store_vectors

# Called with the number of passages just embedded.
Progress = Callable[[int], None]


def ignore(passages: int) -> None:
    """The progress of someone who doesn't look."""


# Passages embedded before any of their documents is ready: enough for batches of like length.
BATCH = 256
# What stands between two parts (pages) of a document in its stored text.
BETWEEN_PARTS = "\n\n"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that has been read and cut, but not yet written anywhere."""

    document: NewDocument
    passages: tuple[PassageSpan, ...]


def prepare(
    parts: Sequence[Document], embedder: SentenceEmbedder, added_by: str, title_given: bool
) -> Prepared:
    """Cuts what `load` read, one part a page, into the passages of one document.

    Raises FootnoteError where there is nothing to cut.
    """
    text = BETWEEN_PARTS.join(part.page_content for part in parts)
    lengths = [len(part.page_content) + len(BETWEEN_PARTS) for part in parts]
    offsets = [sum(lengths[:number]) for number in range(len(parts))]
    pages = [part.metadata.get("page") for part in parts]
    known = parts[0].metadata
    passages = cut(text, list(zip(offsets, pages, strict=True)), embedder)
    if not passages:
        raise FootnoteError(f"{known['source']} holds no text.")
    document = NewDocument(
        id=known["sha256"][:12],
        title=known["title"],
        title_given=title_given,
        source=known["source"],
        sha256=known["sha256"],
        bytes=known["bytes"],
        text=text,
        parts=json.dumps(list(zip(offsets, pages, strict=True))),
        added_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        added_by=added_by,
    )
    return Prepared(document, tuple(passages))


def cut(
    text: str, parts: Sequence[tuple[int, int | None]], embedder: SentenceEmbedder
) -> list[PassageSpan]:
    """The passages of a stored text; none reaches from one part into the next."""
    ends = [offset for offset, _ in parts[1:]] + [len(text)]
    return [
        _moved(passage, offset, page)
        for (offset, page), end in zip(parts, ends, strict=True)
        for passage in split(text[offset:end], embedder.count_tokens, embedder.window)
    ]


def _moved(passage: PassageSpan, offset: int, page: int | None) -> PassageSpan:
    sentences = tuple((start + offset, end + offset) for start, end in passage.sentences)
    return replace(
        passage,
        start=passage.start + offset,
        end=passage.end + offset,
        sentences=sentences,
        page=page,
    )


def bring_in(
    shelf: Shelf, prepared: Sequence[Prepared], embedder: SentenceEmbedder, progress: Progress
) -> None:
    """Writes, embeds and makes ready; what had the same sources before is replaced in one step."""
    ids = [item.document.id for item in prepared]
    try:
        for item in prepared:
            shelf.catalog.add_pending(item.document, item.passages)
        embed(shelf, ids, embedder, progress)
        shelf.catalog.make_ready(ids)
    finally:
        # Whatever is not ready by now is what was replaced, or what an error left half done.
        sweep(shelf)


def embed(
    shelf: Shelf, documents: Sequence[str], embedder: SentenceEmbedder, progress: Progress
) -> None:
    """Makes and keeps the vectors of all passages of some documents and of their sentences."""
    for numbers, vectors, sentences in _embedded(shelf, documents, embedder, progress):
        shelf.index.put(numbers, vectors)
        with shelf.catalog.transaction() as connection:
            store_vectors(connection, zip(numbers, sentences, strict=True))


def _embedded(
    shelf: Shelf, documents: Sequence[str], embedder: SentenceEmbedder, progress: Progress
) -> Iterator[tuple[list[int], Vectors, list[Vectors]]]:
    passages = read_unembedded(shelf.catalog.connection, documents)
    for first in range(0, len(passages), BATCH):
        numbers, texts, spans = zip(*passages[first : first + BATCH], strict=True)
        done = []
        for position, vectors in embedder.embed_passages(texts, spans):
            done.append((numbers[position], vectors))
            progress(1)
        yield (
            [number for number, _ in done],
            np.stack([vectors.passage for _, vectors in done]),
            [vectors.sentences for _, vectors in done],
        )


def reindex(shelf: Shelf, embedder: SentenceEmbedder, progress: Progress) -> Iterator[str]:
    """Cuts and embeds every stored text of a library anew, yielding the id of each document done.

    Until it is through, the library can't be read: its catalog says that this is under way.
    """
    catalog = shelf.catalog
    catalog.remember(MODEL, UNDER_WAY)
    shelf.index.clear()
    for info in catalog.documents():
        id = info.id
        catalog.replace_passages(id, cut(catalog.text(id), catalog.parts(id), embedder))
        embed(shelf, [id], embedder, progress)
        yield id
    catalog.remember(MODEL, embedder.identity)


def take_out(shelf: Shelf, documents: Sequence[str]) -> None:
    """Removes documents; from the first step on they no longer answer."""
    shelf.catalog.withdraw(documents)
    sweep(shelf)


def sweep(shelf: Shelf) -> None:
    """Deletes what is not ready, its vectors first: without its rows they could not be found."""
    unfinished = shelf.catalog.unfinished()
    if unfinished:
        shelf.index.remove(passage_numbers(shelf.catalog.connection, unfinished))
        shelf.catalog.delete(unfinished)
