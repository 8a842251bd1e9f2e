"""The sentence-transformers model behind LangChain's `Embeddings`.

Besides a vector for each passage, one pass of the model also gives a vector for each sentence
in it: the mean of that sentence's token vectors, which have seen the whole passage ("late
chunking", Günther et al. 2024, arXiv:2409.04701). They come for free, and they tell passages,
and sentences within a passage, apart better than the passage's own vector does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from .model import identify, load_model
from .words import Span, WordVectors, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

# Tokens of a title that the model reads before each passage of the document.
TITLE_TOKENS = 16
# Passages in one pass: with more, the token vectors kept in memory and the padding both grow.
BATCH = 16


@dataclass(frozen=True, slots=True)
class Embedded:
    """One passage: its vector (dim,) and its sentences' vectors (sentences, dim), unit length."""

    passage: Vectors
    sentences: Vectors


class SentenceEmbedder(Embeddings):
    """Turns questions and passages into unit vectors; loads its model when first needed.

    `name` is any sentence-transformers name or path, None the bundled model; `device` is a torch
    device, None the best there is.
    """

    def __init__(self, name: str | None = None, device: str | None = None) -> None:
        self.name = name
        self.device = device

    @cached_property
    def model(self) -> "SentenceTransformer":
        """The loaded model. Raises FootnoteError where it is missing or not what it should be."""
        return load_model(self.name, self.device)

    @property
    def identity(self) -> str:
        """What a home remembers of the model that its vectors were made with."""
        return identify(self.name)

    @property
    def window(self) -> int:
        """The most tokens that the model reads of a text, its own special tokens left out."""
        return int(self.model.max_seq_length or 512) - 2

    @property
    def room(self) -> int:
        """The most tokens that a passage may hold: the window, less room for a title."""
        return self.window - TITLE_TOKENS

    def heading(self, title: str) -> str:
        """What goes before a document's passages when they are embedded: its title, cut short."""
        words = title.split()
        while words and self.count_tokens([f"{' '.join(words)}. "])[0] > TITLE_TOKENS:
            words.pop()
        return f"{' '.join(words)}. " if words else ""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, special tokens left out."""
        if not texts:
            return []
        encoded = self.model.tokenizer(
            list(texts), add_special_tokens=False, truncation=False, verbose=False
        )
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of a question, as plain floats."""
        return cast(list[float], self.query_vector(text).tolist())

    def query_vector(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dim,)."""
        vector = self.model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The unit vectors of texts, as plain floats."""
        return cast(list[list[float]], self._encode(texts).tolist())

    @cached_property
    def words(self) -> WordVectors:
        """The model's vectors of single word pieces."""
        return WordVectors(self.model)

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> Iterator[tuple[int, Embedded]]:
        """Yields (position, vectors) for every text, in whatever order is quickest.

        `sentences` gives for each text the spans of its sentences, in characters of that text.
        """
        # Texts of like length share a batch, so that little of a pass is padding.
        order = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            embed = self._pool_tokens if self._pools_tokens else self._encode_apart
            embedded = embed([texts[i] for i in batch], [sentences[i] for i in batch])
            yield from zip(batch, embedded, strict=True)

    @cached_property
    def _pools_tokens(self) -> bool:
        """Whether a mean over some of the token vectors means the same as over all of them."""
        names = [type(module).__name__ for module in self.model]
        return (
            names in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
            and cast(Any, self.model[1]).pooling_mode == "mean"
            and self.model.tokenizer.is_fast
            and not any(self.model.prompts.get(name) for name in ("document", "passage", "corpus"))
        )

    def _pool_tokens(self, texts: list[str], sentences: list[Sequence[Span]]) -> Iterator[Embedded]:
        outputs = cast(Any, self.model).encode(
            texts, output_value=None, batch_size=BATCH, show_progress_bar=False
        )
        offsets = self.model.tokenizer(
            texts,
            truncation=True,
            max_length=self.model.max_seq_length,
            return_offsets_mapping=True,
        )["offset_mapping"]
        for output, text_offsets, spans in zip(outputs, offsets, sentences, strict=True):
            unpadded = output["token_embeddings"][output["attention_mask"].bool()]
            tokens = unpadded.float().cpu().numpy()
            passage = unit(output["sentence_embedding"].float().cpu().numpy())
            yield Embedded(passage, mean_by_span(tokens, np.array(text_offsets), spans, passage))

    def _encode_apart(
        self, texts: list[str], sentences: list[Sequence[Span]]
    ) -> Iterator[Embedded]:
        passages = self._encode(texts)
        for text, vector, spans in zip(texts, passages, sentences, strict=True):
            apart = self._encode([text[start:end] for start, end in spans])
            yield Embedded(vector, apart.reshape(len(spans), len(vector)))

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = self.model.encode_document(
            texts, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def mean_by_span(
    tokens: Vectors, offsets: NDArray[np.int64], spans: Sequence[Span], otherwise: Vectors
) -> Vectors:
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
