"""Vectors of a passage and of the sentences in it, from one pass of the model.

A sentence's vector is the mean of its token vectors, which have seen the whole passage ("late
chunking", Günther et al. 2024, arXiv:2409.04701). They come for free, and they tell passages,
and sentences within a passage, apart better than the passage's own vector does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .model import Matrix, Model, Span, Tokenised
from .word_vectors import unit


@dataclass(frozen=True, slots=True)
class Embedded:
    """One passage: its vector (dim,) and its sentences' vectors (sentences, dim), unit length."""

    passage: Matrix
    sentences: Matrix


def pool_tokens(
    model: Model, texts: Sequence[Tokenised], sentences: Sequence[Sequence[Span]]
) -> list[Embedded]:
    """The vectors of texts in one pass of a model that `pools_tokens`; any thread may call it.

    `sentences` gives for each text the spans of its sentences, in characters of that text.
    """
    return [
        Embedded(
            vectors.whole,
            mean_by_span(vectors.tokens, np.array(text.offsets), spans, vectors.whole),
        )
        for text, vectors, spans in zip(texts, model.forward(texts), sentences, strict=True)
    ]


def mean_by_span(
    tokens: Matrix, offsets: NDArray[np.int64], spans: Sequence[Span], otherwise: Matrix
) -> Matrix:
    """The unit mean token vector of each span; `otherwise` where the window cut its tokens off.

    `offsets` (n, 2) are the characters each token stands for (special tokens stand for none),
    `tokens` (n or more, dim) their vectors, with those of the padding after; returns
    (len(spans), dim).
    """
    starts, ends = offsets[:, 0], offsets[:, 1]
    means = np.repeat(otherwise[None], len(spans), axis=0)
    # Not one matrix product for all: NumPy would share out so small a one among all cores, which
    # are at work, and wait for them.
    for row, (start, end) in enumerate(spans):
        [inside] = np.nonzero((starts >= start) & (ends <= end) & (ends > starts))
        if len(inside):
            means[row] = tokens[inside].mean(axis=0)
    return unit(means)
