"""Vectors of a passage and of the sentences in it, from one pass of the model.

A sentence's vector is the mean of its token vectors, which have seen the whole passage ("late
chunking", Günther et al. 2024, arXiv:2409.04701). They come for free, and they tell passages,
and sentences within a passage, apart better than the passage's own vector does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from .word_vectors import Matrix, Span, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, slots=True)
class Embedded:
    """One passage: its vector (dim,) and its sentences' vectors (sentences, dim), unit length."""

    passage: Matrix
    sentences: Matrix


@dataclass(frozen=True, slots=True)
class Tokenised:
    """A text as the model reads it: its tokens' ids, and the characters each stands for."""

    ids: Sequence[int]
    offsets: Sequence[Span]


def pools_tokens(model: "SentenceTransformer") -> bool:
    """Return whether a mean over some of the token vectors means the same as over all of them."""
    names = [type(module).__name__ for module in model]
    return (
        names in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        and cast(Any, model[1]).pooling_mode == "mean"
        and model.tokenizer.is_fast
        and not any(model.prompts.get(name) for name in ("document", "passage", "corpus"))
    )


def tokenise(model: "SentenceTransformer", texts: Sequence[str]) -> list[Tokenised]:
    """Texts as the model reads them, cut off where its window ends."""
    if not texts:
        return []
    read = model.tokenizer(
        list(texts), truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True
    )
    return list(map(Tokenised, read["input_ids"], read["offset_mapping"]))


def pool_tokens(
    model: "SentenceTransformer", texts: Sequence[Tokenised], sentences: Sequence[Sequence[Span]]
) -> list[Embedded]:
    """The vectors of texts in one pass of a model that `pools_tokens`; any thread may call it.

    `sentences` gives for each text the spans of its sentences, in characters of that text.
    """
    import torch

    # By hand, because a tokenizer is for one thread at a time.
    shape = len(texts), max(len(text.ids) for text in texts)
    ids = np.full(shape, model.tokenizer.pad_token_id or 0, dtype=np.int64)
    mask = np.zeros(shape, dtype=np.int64)
    for row, text in enumerate(texts):
        ids[row, : len(text.ids)] = text.ids
        mask[row, : len(text.ids)] = 1
    features = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
    with torch.inference_mode():
        made = model({name: tensor.to(model.device) for name, tensor in features.items()})
    tokens = made["token_embeddings"].float().cpu().numpy()
    passages = unit(made["sentence_embedding"].float().cpu().numpy())
    return [
        Embedded(passage, mean_by_span(rows, np.array(text.offsets), spans, passage))
        for text, rows, passage, spans in zip(texts, tokens, passages, sentences, strict=True)
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
