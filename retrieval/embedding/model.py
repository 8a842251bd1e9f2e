"""A model as an embedder uses it, whichever library runs it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tokenised:
    """A text's tokens: their ids, and the characters that each stands for, where that is known."""

    ids: Sequence[int]
    offsets: Sequence[Span]


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text's vectors: its tokens' (tokens or more, dim), padding after, and its own (dim,)."""

    tokens: Matrix
    whole: Matrix


class WordTable(Protocol):
    """One vector a word piece, of which rows are taken; not all of them need be in memory."""

    def __getitem__(self, rows: Any, /) -> Matrix:
        """The rows by their numbers, (len(rows), dim), as a copy."""


class Model(Protocol):
    """A model of sentence vectors; any thread may use it, though some may have to wait."""

    @property
    def engine(self) -> str:
        """The library that runs it, and on what, in words."""

    @property
    def longest(self) -> int:
        """The most tokens that it reads of a text: those that frame it included, a prompt not."""

    @property
    def pools_tokens(self) -> bool:
        """True if a mean over some of the token vectors means the same as over all of them."""

    @property
    def passes(self) -> int:
        """The number of passes that it makes at a time."""

    @property
    def pass_tokens(self) -> int:
        """The most tokens of a pass, padding included."""

    @property
    def places_pieces(self) -> bool:
        """True if it can tell where in a text a word piece stands."""

    @property
    def unknown(self) -> int:
        """The piece that stands for a word that it doesn't know; -1 where it knows all."""

    @property
    def frame(self) -> tuple[int, int]:
        """The tokens that open a text and close it."""

    @property
    def word_table(self) -> WordTable | None:
        """One vector a word piece, in its own memory; None where it has none to show."""

    @property
    def word_centre(self) -> Matrix | None:
        """The mean of those vectors, where it is known without looking at them all."""

    def pieces(self, texts: Sequence[str], places: bool = False) -> list[Tokenised]:
        """The word pieces of whole texts, without a frame; where they stand if `places` asks."""

    def tokenise(self, texts: Sequence[str]) -> list[Tokenised]:
        """Texts as the model reads passages, framed, and cut off where its window ends.

        A passage's prompt stands in front, at no place.
        """

    def encode_query(self, text: str) -> Matrix:
        """The unit vector of a question, (dim,)."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """The unit vectors of texts, (texts, dim)."""

    def forward(self, texts: Sequence[Tokenised]) -> list[TokenVectors]:
        """The vectors of texts in one pass, if it pools tokens; no thread waits for another."""

    def side_by_side(self, number: int) -> AbstractContextManager[Executor]:
        """So many threads, in each of which a pass keeps to one core."""

    def share(self) -> "Model":
        """One with the same weights in memory, which keeps nobody waiting who uses this one."""


@contextmanager
def ending(pool: Executor) -> Iterator[Executor]:
    """A pool whose threads have ended when the block ends, and what waits is dropped."""
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def padded(texts: Sequence[Tokenised], padding: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ids of texts as a table, each padded to the longest, and the table's mask, both (n, t).

    By hand, because a tokenizer may be for one thread at a time.
    """
    shape = len(texts), max(len(text.ids) for text in texts)
    ids = np.full(shape, padding, dtype=np.int64)
    mask = np.zeros(shape, dtype=np.int64)
    for row, text in enumerate(texts):
        ids[row, : len(text.ids)] = text.ids
        mask[row, : len(text.ids)] = 1
    return ids, mask
