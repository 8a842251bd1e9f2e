"""The sentence-transformers model behind LangChain's `Embeddings`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, cast

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from .batches import embed_tokens
from .load_model import identify, load_model, share_model
from .pooling import Embedded, pools_tokens, tokenise
from .word_vectors import Span, WordVectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]


class SentenceEmbedder(Embeddings):
    """Turns questions and passages into unit vectors; loads its model when first needed.

    `name` is any sentence-transformers name or path, None the bundled model; `device` is a torch
    device, None the best there is. Threads may share it: each step is one thread's at a time.
    """

    def __init__(
        self,
        name: str | None = None,
        device: str | None = None,
        load: "Callable[[], SentenceTransformer] | None" = None,
    ) -> None:
        """`load` gives the model, where it isn't to be loaded by its name."""
        self.name = name
        self.device = device
        # Of two threads at once in a tokenizer, one fails or reads as the other asked it to.
        self.lock = RLock()
        self._load = load or (lambda: load_model(name, device))
        # Threads that need the model in the same moment wait for one of them to load it: since
        # Python 3.12, `cached_property` would have each load its own.
        self._making = RLock()
        self._model: SentenceTransformer | None = None
        self._twin: SentenceEmbedder | None = None

    @property
    def model(self) -> "SentenceTransformer":
        """The loaded model. Raises FootnoteError where it is missing or not what it should be."""
        if self._model is None:
            with self._making:
                if self._model is None:
                    self._model = self._load()
        return self._model

    @property
    def twin(self) -> "SentenceEmbedder":
        """Another embedder with the same weights in memory, made when it is first used.

        Long work on it keeps no thread waiting that uses this one.
        """
        with self._making:
            if self._twin is None:
                self._twin = SentenceEmbedder(self.name, self.device, self._share)
            return self._twin

    def _share(self) -> "SentenceTransformer":
        with self._using() as model:
            return share_model(model)

    @contextmanager
    def _using(self) -> "Iterator[SentenceTransformer]":
        """The model, this thread's alone."""
        model = self.model  # before the lock, which whoever makes the twin waits for
        with self.lock:
            yield model

    @property
    def identity(self) -> str:
        """The name by which a home remembers the model that its vectors were made with."""
        return identify(self.name)

    @property
    def window(self) -> int:
        """The most tokens that the model reads of a text, its own special tokens left out."""
        return int(self.model.max_seq_length or 512) - 2

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, special tokens left out."""
        if not texts:
            return []
        with self._using() as model:
            encoded = model.tokenizer(
                list(texts), add_special_tokens=False, truncation=False, verbose=False
            )
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of a question, as plain floats."""
        return cast(list[float], self.query_vector(text).tolist())

    def query_vector(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dim,)."""
        with self._using() as model:
            vector = model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The unit vectors of texts, as plain floats."""
        return cast(list[list[float]], self._encode(texts).tolist())

    @cached_property
    def words(self) -> WordVectors:
        """The model's vectors of single word pieces."""
        return WordVectors(self.model, self.lock)

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> Iterator[tuple[int, Embedded]]:
        """Yields (position, vectors) for every text, in whatever order is quickest.

        `sentences` gives for each text the spans of its sentences, in characters of that text.
        """
        if not self._pools_tokens:
            yield from enumerate(self._encode_apart(texts, sentences))
            return
        with self._using() as model:
            tokenised = tokenise(model, texts)
        yield from embed_tokens(model, tokenised, sentences, self._cores)

    @cached_property
    def _cores(self) -> int:
        import torch

        return torch.get_num_threads()

    @cached_property
    def _pools_tokens(self) -> bool:
        return pools_tokens(self.model)

    def _encode_apart(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> Iterator[Embedded]:
        for text, spans in zip(texts, sentences, strict=True):
            found = self._encode([text, *(text[start:end] for start, end in spans)])
            yield Embedded(found[0], found[1:])

    def _encode(self, texts: list[str]) -> Vectors:
        with self._using() as model:
            vectors = model.encode_document(
                texts, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)
