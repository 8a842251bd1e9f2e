"""One library's passage vectors: a Chroma collection of its own, wherever that is kept."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

import numpy as np
from chromadb import Collection

from retrieval.embedding.embedder import Vectors
from retrieval.store.disk import ROOM, ROOM_TO_ADD

from .vector_store import VectorsError, VectorStore

# Chroma takes at most a few thousand records in one call.
BATCH = 1000


class VectorIndex:
    """The vectors of one library, by cosine.

    What changes while they can't be had is made good later. All else raises VectorsError meanwhile.
    """

    def __init__(self, store: VectorStore, library: str) -> None:
        self.store = store
        self.library = library
        self._got: tuple[int, Collection] | None = None
        self._found: tuple[int, bool] | None = None

    @property
    def whole(self) -> bool | None:
        """True if the vectors were found to be those of the catalog's passages; None where that has
        not been looked at since they may have changed."""
        if self.store.failure:
            return False
        return self._found[1] if self._found and self._found[0] == self.store.turn else None

    def found(self, whole: bool, turn: int) -> None:
        """Remember what was found at that turn of the store."""
        self._found = turn, whole

    @contextmanager
    def using(self) -> Iterator[Collection]:
        """The collection. What fails with it in the block is raised as VectorsError."""
        with self.store.using():
            if self._got is None or self._got[0] != self.store.turn:
                self._got = self.store.turn, self.store.collection(self.library)
            yield self._got[1]

    def check_room(self, room: int = ROOM) -> None:
        """Raises FootnoteError where there is no room for a change."""
        self.store.check_room(room)

    def put(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Keep the vectors (n, dim) of the numbered passages."""
        for first in range(0, len(numbers), BATCH):
            some = vectors[first : first + BATCH]
            ids = [str(number) for number in numbers[first : first + BATCH]]
            self._change(ROOM_TO_ADD, partial(Collection.upsert, ids=ids, embeddings=some))

    def remove(self, numbers: Sequence[int]) -> None:
        """Forget the numbered passages."""
        for first in range(0, len(numbers), BATCH):
            ids = [str(number) for number in numbers[first : first + BATCH]]
            self._change(ROOM, partial(Collection.delete, ids=ids))

    def overwrite(self, numbers: Sequence[int]) -> None:
        """Put something else in the place of the numbered passages' vectors, which are to go.

        Chroma never overwrites what it forgets: it marks it.
        """
        with suppress(VectorsError):
            found, vectors = self.vectors(numbers)
            if found:
                random = np.random.default_rng(found[0]).normal(size=vectors.shape)
                others = (random / np.linalg.norm(random, axis=1)[:, None]).astype(np.float32)
                ids = [str(number) for number in found]
                self._change(ROOM, partial(Collection.upsert, ids=ids, embeddings=others))

    def _change(self, room: int, change: Callable[[Collection], object]) -> None:
        # What is not done for this is found missing once the vectors can be had again.
        with suppress(VectorsError), self.using() as collection, self.store.changing(room):
            change(collection)

    def nearest(self, vector: Vectors, k: int) -> dict[int, float]:
        """The k passages nearest to a unit vector: cosine by passage number, nearest first."""
        with self.using() as collection:
            found = collection.query(
                query_embeddings=np.asarray(vector), n_results=k, include=["distances"]
            )
        distances = found["distances"]
        assert distances is not None
        return {
            int(id): 1.0 - distance
            for id, distance in zip(found["ids"][0], distances[0], strict=True)
        }

    def vectors(self, numbers: Sequence[int]) -> tuple[list[int], Vectors]:
        """Those of the numbered passages that have a vector, in order, and the vectors (n, dim)."""
        with self.using() as collection:
            got = collection.get([str(number) for number in numbers], include=["embeddings"])
        vectors = np.asarray(got["embeddings"], dtype=np.float32)
        found = [int(id) for id in got["ids"]]
        order = np.argsort(found)
        return sorted(found), vectors[order]

    def count(self) -> int:
        """The number of passages that have a vector."""
        with self.using() as collection:
            return collection.count()

    def has(self, number: int) -> bool:
        """True if a passage has a vector."""
        with self.using() as collection:
            return bool(collection.get([str(number)], include=[])["ids"])

    def numbers(self) -> set[int]:
        """The numbers of all passages that have a vector."""
        with self.using() as collection:
            return {int(id) for id in collection.get(include=[])["ids"]}

    def clear(self) -> None:
        """Forget everything, the vectors' dimension too."""
        with self.store.using(), self.store.changing():
            self.store.drop(self.library)
        self._got = None
