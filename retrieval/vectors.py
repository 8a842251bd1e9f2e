"""One library's passage vectors in Chroma. Derived: it can always be rebuilt from the catalog.

Chroma is used directly, not through `langchain_chroma`, which embeds what it is given by itself
and keeps a second copy of the text: here one pass of the model makes the vectors of a passage
and of its sentences, and the text lives in the catalog alone.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb import Collection
from chromadb.api.client import Client
from chromadb.config import Settings
from chromadb.errors import ChromaError

from .embed import Vectors
from .errors import FootnoteError
from .torn import ROOM, ROOM_TO_ADD, Mark

# Chroma takes at most a few thousand records in one call.
BATCH = 1000


def open_chroma(folder: Path) -> Client:
    """The embedded Chroma that keeps its files in `folder`."""
    try:
        client = chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))
    except ChromaError as error:
        raise FootnoteError(
            f"The vectors in {folder} can't be opened: {error}. Delete that folder and run "
            "`footnote reindex`; the documents are safe in the catalog."
        ) from error
    # What it is declared to be has no `close`.
    return cast(Client, client)


class VectorIndex:
    """The vectors of one library: a Chroma collection of its own, by cosine."""

    def __init__(self, client: Client, library: str, mark: Mark | None = None) -> None:
        """`mark` is that of the home, where the vectors are files in one."""
        self.client = client
        self.library = library
        self.mark = mark
        self.collection = self._open()

    def check_room(self, room: int = ROOM) -> None:
        """Raises FootnoteError where the disk is too full for a change."""
        if self.mark is not None:
            self.mark.check_room(room)

    def _changing(self, room: int = ROOM) -> AbstractContextManager[None]:
        return nullcontext() if self.mark is None else self.mark.changing(room)

    def _open(self) -> Collection:
        return self.client.get_or_create_collection(
            self.library, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def put(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Keeps the vectors (n, dim) of the numbered passages."""
        for first in range(0, len(numbers), BATCH):
            chosen = slice(first, first + BATCH)
            ids = [str(number) for number in numbers[chosen]]
            with self._changing(ROOM_TO_ADD):
                self.collection.upsert(ids, embeddings=vectors[chosen])

    def remove(self, numbers: Sequence[int]) -> None:
        """Forgets the numbered passages."""
        for first in range(0, len(numbers), BATCH):
            with self._changing():
                self.collection.delete([str(number) for number in numbers[first : first + BATCH]])

    def settle(self) -> None:
        """Has Chroma finish what it may do only when it is next asked."""
        with self._changing():
            self.collection.get(limit=1, include=["embeddings"])

    def nearest(self, vector: Vectors, k: int) -> dict[int, float]:
        """The k passages nearest to a unit vector: cosine by passage number, nearest first."""
        found = self.collection.query(
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
        got = self.collection.get([str(number) for number in numbers], include=["embeddings"])
        vectors = np.asarray(got["embeddings"], dtype=np.float32)
        found = [int(id) for id in got["ids"]]
        order = np.argsort(found)
        return sorted(found), vectors[order]

    def numbers(self) -> set[int]:
        """The numbers of all passages that have a vector."""
        return {int(id) for id in self.collection.get(include=[])["ids"]}

    def clear(self) -> None:
        """Forgets everything, the vectors' dimension too."""
        with self._changing():
            self.client.delete_collection(self.library)
            self.collection = self._open()
