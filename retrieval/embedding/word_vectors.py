"""The word pieces that the embedding model reads, and how alike two of them are.

The vectors are the model's own input embeddings, those before any layer has mixed them: words of
like meaning lie close together there ("ended", "finished"), and so do the forms of one word. What
all have in common is taken out first (Mu and Viswanath 2018, arXiv:1702.01417).
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from .model import Matrix, Model, Span, Tokenised, WordTable

Pieces = NDArray[np.int32]
Spans = NDArray[np.int32]


# The least length that a vector is divided by.
SHORTEST = 1e-12
# Titles, with the headings below them, whose word pieces are kept: questions find the same ones.
TITLES = 2048


class WordVectors:
    """The word pieces of a model, and their vectors."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.title = lru_cache(TITLES)(self._title)

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The word pieces of each text, in order, without those that frame every text.

        A word that the model doesn't know is left out: it would be like every other such word.
        """
        if not texts:
            return []
        found = (np.array(text.ids, dtype=np.int32) for text in self.model.pieces(texts))
        return [ids[ids != self._unknown] for ids in found]

    def _title(self, title: str) -> Pieces:
        """The word pieces of a title; those of the titles seen last are kept."""
        [pieces] = self.pieces([title])
        return pieces

    def spelled(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[tuple[Pieces, Spans]]:
        """The word pieces of each text, and which of them, (n, 2), are each of its n sentences'."""
        if not texts:
            return []
        if not self.model.places_pieces:
            return [self._spelled_apart(*pair) for pair in zip(texts, sentences, strict=True)]
        read = self.model.pieces(texts, places=True)
        return [self._located(*pair) for pair in zip(read, sentences, strict=True)]

    def _located(self, read: Tokenised, spans: Sequence[Span]) -> tuple[Pieces, Spans]:
        ids = np.array(read.ids, dtype=np.int32)
        known = ids != self._unknown
        starts = np.array([start for start, _ in read.offsets], dtype=np.int32)[known]
        places = np.searchsorted(starts, np.array(spans, dtype=np.int32).reshape(-1, 2))
        return ids[known], places.astype(np.int32)

    def _spelled_apart(self, text: str, spans: Sequence[Span]) -> tuple[Pieces, Spans]:
        apart = self.pieces([text[start:end] for start, end in spans])
        after = np.cumsum([0, *map(len, apart)])
        places = np.stack([after[:-1], after[1:]], axis=1).astype(np.int32)
        return np.concatenate([*apart, np.array([], dtype=np.int32)]), places

    @cached_property
    def _unknown(self) -> int:
        return self.model.unknown

    def alike(self, some: Pieces, others: Pieces) -> Matrix:
        """The likeness of word pieces, shape (len(some), len(others)): 1 the same, 0 not at all."""
        distinct, place = np.unique(others, return_inverse=True)
        if self._table is None:
            return np.asarray(some[:, None] == others[None, :], dtype=np.float32)
        similar = self._unit(some) @ self._unit(distinct).T
        return cast(Matrix, np.clip(similar, 0.0, 1.0)[:, place])

    def _unit(self, pieces: Pieces) -> Matrix:
        assert self._table is not None
        vectors = self._table[pieces]
        vectors -= self._centre
        vectors /= np.maximum(lengths(vectors), SHORTEST)
        return vectors

    @cached_property
    def _table(self) -> WordTable | None:
        return self.model.word_table

    @cached_property
    def _centre(self) -> Matrix:
        assert self._table is not None
        known = self.model.word_centre
        return np.asarray(self._table).mean(axis=0) if known is None else known


def unit(vectors: Matrix) -> Matrix:
    """Matrix scaled to length one along the last axis."""
    return cast(Matrix, vectors / np.maximum(lengths(vectors), SHORTEST))


def lengths(vectors: Matrix) -> Matrix:
    """The length of each vector along the last axis, which stays, with one number."""
    # As `np.linalg.norm` has it, without the copies that complex numbers would want.
    return cast(Matrix, np.sqrt(np.add.reduce(vectors * vectors, axis=-1, keepdims=True)))
