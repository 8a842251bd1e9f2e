"""A pass of the reader's model by ONNX Runtime, in float32: PyTorch is not imported for it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.model import Matrix, WordTable
from retrieval.embedding.onnx_layers import OnnxLayers
from retrieval.embedding.weights_file import WeightsFile

from .encoding import Batch
from .network import BODY, Output


class OnnxPass:
    """The model, for passes; any thread may make one."""

    def __init__(self, words: WordTable, mapped: WeightsFile) -> None:
        """`words` are the bundled model's word vectors. Raises OnnxError where ONNX Runtime can't
        run it."""
        weights = _single_precision(mapped.weights)
        mapped.give_back()
        self._words = words
        self._layers = OnnxLayers(
            {name.removeprefix(BODY): weight for name, weight in weights.items()}
        )
        # A copy, since the layers' weights, which stand in memory as one with these, are done with.
        self._small = {
            name: weight.copy()
            for name, weight in weights.items()
            if not name.startswith((f"{BODY}encoder.", f"{BODY}embeddings.LayerNorm."))
        }

    def __call__(self, batch: Batch) -> Output:
        """The logits of a batch."""
        kept = batch.mask.astype(bool)
        tokens = self._layers(self._first_vectors(batch, kept), batch.mask)
        first = np.cumsum(batch.mask.sum(axis=1)) - batch.mask.sum(axis=1)
        spans = np.zeros((*kept.shape, 2), dtype=np.float32)
        spans[kept] = self._head("span", tokens)
        answered = self._head("cls", tokens[first])[:, 0]
        return Output(answered, spans[..., 0], spans[..., 1])

    def _first_vectors(self, batch: Batch, kept: NDArray[np.bool_]) -> Matrix:
        """The vectors of all tokens before the first layer, (N, dim), padding left out."""
        vectors = self._words[batch.ids[kept]]
        vectors += self._small["marks.weight"][batch.marks[kept]]
        places = np.nonzero(kept)[1]
        vectors += self._small[f"{BODY}embeddings.position_embeddings.weight"][places]
        vectors += self._small[f"{BODY}embeddings.token_type_embeddings.weight"][batch.types[kept]]
        return vectors

    def _head(self, name: str, vectors: Matrix) -> Matrix:
        made: Matrix = vectors @ self._small[f"{name}.weight"].T + self._small[f"{name}.bias"]
        return made


def _single_precision(weights: Mapping[str, NDArray[Any]]) -> dict[str, Matrix]:
    """Weights in float32, in one piece of memory, which the system has back at once when they go:
    many small ones would be kept for later."""
    space = np.empty(sum(weight.size for weight in weights.values()), dtype=np.float32)
    ends = np.cumsum([weight.size for weight in weights.values()])
    parts = np.split(space, ends[:-1])
    for part, weight in zip(parts, weights.values(), strict=True):
        part[:] = weight.ravel()
    return {
        name: part.reshape(weight.shape)
        for (name, weight), part in zip(weights.items(), parts, strict=True)
    }
