"""Pairs of a question and a text → what the reader's model is given: tokens, and their marks.

Training and use share this module: the weights hold for pairs encoded like this only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.model import Model

from .marks import Mark, Marker, Word

Numbers = NDArray[np.int64]

# The most tokens of a pair, with the three that frame it, and of the question in it.
LONGEST = 192
QUESTION = 64
FRAME = 3


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's n tokens: `ids` (n,), the characters that each stands for (n, 2); and its words."""

    ids: Numbers
    offsets: Numbers
    words: Sequence[Word]

    def first(self, count: int) -> "Tokens":
        """The first tokens; the words stay, as the other text is compared with all of them."""
        return Tokens(self.ids[:count], self.offsets[:count], self.words)


@dataclass(frozen=True, slots=True)
class Batch:
    """n pairs, padded to t tokens: tables (n, t), and `offsets` (n, t, 2) into the pairs' texts.

    `types` are 0 for the question's tokens and 1 for the text's; `marks` are numbers of `Mark`.
    The offsets of tokens that stand for no character of the text are empty.
    """

    ids: Numbers
    mask: Numbers
    types: Numbers
    marks: Numbers
    offsets: Numbers

    def rows(self, numbers: Numbers) -> "Batch":
        """Some of the pairs, padded to the longest of them."""
        longest = int(self.mask[numbers].sum(axis=1).max())
        tables = self.ids, self.mask, self.types, self.marks, self.offsets
        return Batch(*(table[numbers, :longest] for table in tables))


class Encoder:
    """Encodes pairs; any thread may use it."""

    def __init__(self, model: Model, marker: Marker) -> None:
        """`model` is the bundled one, whose word pieces the reader reads."""
        self._model = model
        self._marker = marker

    def encode(self, pairs: Sequence[tuple[str, str]]) -> Batch:
        """Pairs (question, text), at least one, as the model is given them."""
        tokens = self._tokens(dict.fromkeys(text for pair in pairs for text in pair))
        rows = [_fitting(tokens[question], tokens[text]) for question, text in pairs]
        shape = len(rows), max(len(asked.ids) + len(text.ids) for asked, text in rows) + FRAME
        ids, mask, types, marks = (np.zeros(shape, dtype=np.int64) for _ in range(4))
        batch = Batch(ids, mask, types, marks, np.zeros((*shape, 2), dtype=np.int64))
        for row, (asked, text) in enumerate(rows):
            self._fill(batch, row, asked, text)
        return batch

    def _tokens(self, texts: Iterable[str]) -> dict[str, Tokens]:
        listed = list(texts)
        return {
            text: Tokens(
                np.array(read.ids, dtype=np.int64),
                np.array(read.offsets, dtype=np.int64).reshape(-1, 2),
                self._marker.words(text),
            )
            for text, read in zip(listed, self._model.pieces(listed, places=True), strict=True)
        }

    def _fill(self, batch: Batch, row: int, asked: Tokens, text: Tokens) -> None:
        start, separator = self._model.frame
        between = 1 + len(asked.ids)
        end = between + 1 + len(text.ids)
        batch.ids[row, : end + 1] = [start, *asked.ids, separator, *text.ids, separator]
        batch.mask[row, : end + 1] = 1
        batch.types[row, between + 1 : end + 1] = 1
        batch.marks[row, 1:between] = self._marks(asked, text)
        batch.marks[row, between + 1 : end] = self._marks(text, asked)
        batch.offsets[row, between + 1 : end] = text.offsets

    def _marks(self, text: Tokens, other: Tokens) -> Numbers:
        """The mark of each token: that of the word in which it begins."""
        marked = np.array(list(self._marker.mark(text.words, other.words)), dtype=np.int64)
        if not len(marked):
            return np.full(len(text.ids), Mark.ELSE, dtype=np.int64)
        starts, ends, marks = marked.T
        begins = text.offsets[:, 0]
        word = np.searchsorted(starts, begins, side="right") - 1
        return np.where((word >= 0) & (begins < ends[word]), marks[word], Mark.ELSE)


def _fitting(question: Tokens, text: Tokens) -> tuple[Tokens, Tokens]:
    """The beginnings of both, as long as a pair may be."""
    asked = question.first(QUESTION)
    return asked, text.first(LONGEST - FRAME - len(asked.ids))
