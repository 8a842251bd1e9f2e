"""The way of a document into a library, and out of it again.

load → split → catalog (*pending*) → embed → vectors → *ready*. What is killed on the way is
swept out when the library is next opened; a document is in whole, or not at all.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from .embed import Embedded, SentenceEmbedder
from .prepare import Prepared, cut
from .shelf import MODEL, UNDER_WAY, Shelf
from .stored import Indexed, Unembedded, passage_numbers, read_unembedded, store_index

# Called with the number of passages just embedded.
Progress = Callable[[int], None]


def ignore(passages: int) -> None:
    """The progress of someone who doesn't look."""


# Passages embedded before any of their documents is ready: enough for batches of like length.
BATCH = 256


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
    passages = read_unembedded(shelf.catalog.connection, documents)
    for first in range(0, len(passages), BATCH):
        batch = passages[first : first + BATCH]
        vectors = _vectors(batch, embedder, progress)
        shelf.index.put([p.id for p in batch], np.stack([v.passage for v in vectors]))
        spelled = embedder.words.spelled([p.text for p in batch], [p.sentences for p in batch])
        with shelf.catalog.transaction() as connection:
            store_index(
                connection,
                (
                    Indexed(passage.id, embedded.sentences, *pieces)
                    for passage, embedded, pieces in zip(batch, vectors, spelled, strict=True)
                ),
            )


def _vectors(
    passages: Sequence[Unembedded], embedder: SentenceEmbedder, progress: Progress
) -> list[Embedded]:
    """The vectors of passages, each read with its document's title before it."""
    headings = {title: embedder.heading(title) for title in {p.title for p in passages}}
    texts = [headings[passage.title] + passage.text for passage in passages]
    spans = [
        [
            (len(headings[p.title]) + start, len(headings[p.title]) + end)
            for start, end in p.sentences
        ]
        for p in passages
    ]
    done = dict[int, Embedded]()
    for position, embedded in embedder.embed_passages(texts, spans):
        done[position] = embedded
        progress(1)
    return [done[position] for position in range(len(passages))]


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
