"""What the model makes of passages: made in batches, and kept only for passages still there."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from .embed import SentenceEmbedder
from .pooling import Embedded
from .shelf import Shelf
from .stored import existing, passage_numbers
from .unembedded import Indexed, Unembedded, read_unembedded, store_index

# Called with the number of passages just embedded.
Progress = Callable[[int], None]


def ignore(passages: int) -> None:
    """The progress of someone who doesn't look."""


# Passages embedded together: enough for batches of like length.
BATCH = 256
# Passages kept at once: a question that comes then waits for no more than these.
AT_ONCE = 64


def embed(
    shelf: Shelf, documents: Sequence[str], embedder: SentenceEmbedder, progress: Progress
) -> None:
    """Makes and keeps the vectors of all passages of some documents and of their sentences."""
    with shelf.catalog.lock:
        numbers = passage_numbers(shelf.catalog.connection, documents)
    for first in range(0, len(numbers), BATCH):
        with shelf.catalog.lock:
            passages = read_unembedded(shelf.catalog.connection, numbers[first : first + BATCH])
        made = _make(passages, embedder, progress)
        while some := list(islice(made, AT_ONCE)):
            _keep(shelf, some)


def _make(
    passages: Sequence[Unembedded], embedder: SentenceEmbedder, progress: Progress
) -> Iterator[tuple[Indexed, Embedded]]:
    vectors = _vectors(passages, embedder, progress)
    spelled = embedder.words.spelled([p.text for p in passages], [p.sentences for p in passages])
    for passage, embedded, pieces in zip(passages, vectors, spelled, strict=True):
        yield Indexed(passage.id, embedded.sentences, *pieces), embedded


def _vectors(
    passages: Sequence[Unembedded], embedder: SentenceEmbedder, progress: Progress
) -> list[Embedded]:
    """The vectors of passages, each read with its document's title and headings before it."""
    headings = {heading: embedder.heading(heading) for heading in {p.heading for p in passages}}
    texts = [headings[passage.heading] + passage.text for passage in passages]
    spans = [
        [
            (len(headings[p.heading]) + start, len(headings[p.heading]) + end)
            for start, end in p.sentences
        ]
        for p in passages
    ]
    done = dict[int, Embedded]()
    for position, embedded in embedder.embed_passages(texts, spans):
        done[position] = embedded
        progress(1)
    return [done[position] for position in range(len(passages))]


def _keep(shelf: Shelf, made: Sequence[tuple[Indexed, Embedded]]) -> None:
    """Keeps what was made of passages. One that was deleted meanwhile must get no vector: without
    its row nobody would find it."""
    with shelf.catalog.transaction() as connection:
        there = existing(connection, [indexed.id for indexed, _ in made])
        kept = [pair for pair in made if pair[0].id in there]
        if kept:
            vectors = np.stack([embedded.passage for _, embedded in kept])
            shelf.index.put([indexed.id for indexed, _ in kept], vectors)
            store_index(connection, (indexed for indexed, _ in kept))
