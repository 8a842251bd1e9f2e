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

from .words import Matrix, Span, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, slots=True)
class Embedded:
    """One passage: its vector (dim,) and its sentences' vectors (sentences, dim), unit length."""

    passage: Matrix
    sentences: Matrix


def pools_tokens(model: "SentenceTransformer") -> bool:
    """Whether a mean over some of the token vectors means the same as over all of them."""
    names = [type(module).__name__ for module in model]
    return (
        names in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        and cast(Any, model[1]).pooling_mode == "mean"
        and model.tokenizer.is_fast
        and not any(model.prompts.get(name) for name in ("document", "passage", "corpus"))
    )


def pool_tokens(
    model: "SentenceTransformer", texts: list[str], sentences: Sequence[Sequence[Span]]
) -> list[Embedded]:
    """The vectors of texts in one pass of a model that `pools_tokens`.

    `sentences` gives for each text the spans of its sentences, in characters of that text.
    """
    outputs = cast(Any, model).encode(
        texts, output_value=None, batch_size=len(texts), show_progress_bar=False
    )
    offsets = model.tokenizer(
        texts, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True
    )["offset_mapping"]
    return [_pooled(*parts) for parts in zip(outputs, offsets, sentences, strict=True)]


def _pooled(output: Any, offsets: Sequence[Span], spans: Sequence[Span]) -> Embedded:
    unpadded = output["token_embeddings"][output["attention_mask"].bool()]
    tokens = unpadded.float().cpu().numpy()
    passage = unit(output["sentence_embedding"].float().cpu().numpy())
    return Embedded(passage, mean_by_span(tokens, np.array(offsets), spans, passage))


def mean_by_span(
    tokens: Matrix, offsets: NDArray[np.int64], spans: Sequence[Span], otherwise: Matrix
) -> Matrix:
    """The unit mean token vector of each span; `otherwise` where the window cut its tokens off.

    `tokens` is (n, dim), `offsets` (n, 2) the characters each token stands for (special tokens
    stand for none); returns (len(spans), dim).
    """
    starts, ends = offsets[: len(tokens), 0], offsets[: len(tokens), 1]
    means = np.repeat(otherwise[None], len(spans), axis=0)
    for row, (start, end) in enumerate(spans):
        inside = (starts >= start) & (ends <= end) & (ends > starts)
        if inside.any():
            means[row] = tokens[inside].mean(axis=0)
    return unit(means)
