"""Checks that the vectors in a library are those that the model makes of its passages."""

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder, Vectors
from retrieval.indexing.embed_passages import title_prefix
from retrieval.store.library_store import LibraryStore
from retrieval.store.passages import all_numbers, read_unembedded

# Passages that are looked at, at most, spread over all there are.
MOST = 200
# Half precision on the way, and how passages were batched, move a cosine by less than this.
TOLERANCE = 0.001
# The share of passages that may not be found by their own vectors: the search is approximate.
ALLOWED = 0.05


def wrong_vectors(store: LibraryStore, embedder: SentenceEmbedder) -> str:
    """Return what is wrong with the vectors of some passages, or ""."""
    numbers = all_numbers(store.catalog.connection)
    made = _made(store, embedder, numbers[:: len(numbers) // MOST + 1])
    if not made:
        return ""
    with store.index.using() as collection:
        kept = collection.get([str(number) for number in made], include=["embeddings"])
    assert kept["embeddings"] is not None
    for id, vector in zip(kept["ids"], kept["embeddings"], strict=True):
        if np.asarray(vector) @ made[int(id)] < 1 - TOLERANCE:
            return f"passage {id} has another vector"
    lost = [number for number, vector in made.items() if not _is_found(store, vector)]
    return f"passages {lost} are not found" if len(lost) > ALLOWED * len(made) else ""


def _is_found(store: LibraryStore, vector: Vectors) -> bool:
    return max(store.index.nearest(vector, 3).values(), default=0.0) > 1 - TOLERANCE


def _made(
    store: LibraryStore, embedder: SentenceEmbedder, numbers: list[int]
) -> dict[int, Vectors]:
    passages = read_unembedded(store.catalog.connection, numbers)
    texts = [title_prefix(passage.heading, embedder) + passage.text for passage in passages]
    made = embedder.embed_passages(texts, [[] for _ in passages])
    return {passages[position].id: embedded.passage for position, embedded in made}
