"""Embed passages in batches, and keep what the model made of those that are still there.

The model reads each passage with its document's title before it, cut short.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from itertools import islice

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.model import Span
from retrieval.embedding.pooling import Embedded
from retrieval.store.library_store import LibraryStore
from retrieval.store.passages import (
    Indexed,
    Unembedded,
    passage_numbers,
    read_unembedded,
    store_index,
)

# Called with the number of passages just embedded.
Progress = Callable[[int], None]


def ignore(passages: int) -> None:
    """The progress of someone who doesn't look."""


# The most tokens of the title that the model reads before each passage of a document.
TITLE_TOKENS = 16
# Passages embedded together: enough for batches of like length.
BATCH = 256
# Passages kept at once: a question that comes then waits for no more than these.
AT_ONCE = 64


def title_prefix(title: str, embedder: SentenceEmbedder) -> str:
    """The text before a document's passages when they are embedded: its title, cut short."""
    words = title.split()
    while words and embedder.count_tokens([f"{' '.join(words)}. "])[0] > TITLE_TOKENS:
        words.pop()
    return f"{' '.join(words)}. " if words else ""


def room_for_passage(embedder: SentenceEmbedder) -> int:
    """The most tokens that a passage may hold: the model's window, less room for a title."""
    return embedder.window - TITLE_TOKENS


def embed(
    store: LibraryStore, versions: Sequence[str], embedder: SentenceEmbedder, progress: Progress
) -> None:
    """Make and keep the vectors of all passages of some documents and of their sentences."""
    with store.catalog.lock:
        numbers = passage_numbers(store.catalog.connection, versions)
    for first in range(0, len(numbers), BATCH):
        with store.catalog.lock:
            passages = read_unembedded(store.catalog.connection, numbers[first : first + BATCH])
        # What was made is kept while the model goes on: it works ahead of the reader.
        with closing(embed_passages(passages, embedder, progress)) as made:
            while some := list(islice(made, AT_ONCE)):
                _keep(store, some, embedder)


def embed_passages(
    passages: Sequence[Unembedded], embedder: SentenceEmbedder, progress: Progress
) -> Generator[tuple[Unembedded, Embedded], None, None]:
    """The vectors of passages, each read with its document's title and headings before it."""
    prefixes = {title: title_prefix(title, embedder) for title in {p.heading for p in passages}}
    texts = [prefixes[passage.heading] + passage.text for passage in passages]
    spans = [_moved(passage.sentences, len(prefixes[passage.heading])) for passage in passages]
    for position, embedded in embedder.embed_passages(texts, spans):
        progress(1)
        yield passages[position], embedded


def _moved(spans: Sequence[Span], by: int) -> list[Span]:
    return [(start + by, end + by) for start, end in spans]


def _index(
    made: Sequence[tuple[Unembedded, Embedded]], embedder: SentenceEmbedder
) -> list[tuple[Indexed, Embedded]]:
    """The rows to keep, in the order of the passages."""
    made = sorted(made, key=lambda pair: pair[0].id)
    spelled = embedder.words.spelled([p.text for p, _ in made], [p.sentences for p, _ in made])
    return [
        (Indexed(passage.id, embedded.sentences, *pieces), embedded)
        for (passage, embedded), pieces in zip(made, spelled, strict=True)
    ]


def _keep(
    store: LibraryStore, made: Sequence[tuple[Unembedded, Embedded]], embedder: SentenceEmbedder
) -> None:
    indexed = _index(made, embedder)
    vectors = np.stack([embedded.passage for _, embedded in indexed])
    with store.catalog.transaction() as connection:
        there = store.put_vectors([passage.id for passage, _ in indexed], vectors)
        store_index(connection, (passage for passage, _ in indexed if passage.id in there))
