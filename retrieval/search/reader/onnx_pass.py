"""A pass of the reader's model by ONNX Runtime: PyTorch is not imported for it."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.model import Matrix, WordTable
from retrieval.embedding.onnx_layers import Graph, OnnxLayers
from retrieval.embedding.weights_file import WeightsFile

from .encoding import Batch
from .network import BODY, Output

READING = Graph(
    6,
    Path(__file__).with_name("layers.onnx"),
    "2110ae3a77329072f9c8170f80308122b8b391dbf7954097e0783a1f1c77de1f",
)


class OnnxPass:
    """The model, for passes; any thread may make one."""

    def __init__(self, words: WordTable, mapped: WeightsFile) -> None:
        """`words` are the bundled model's word vectors. Raises OnnxError where ONNX Runtime can't
        run it."""
        self._words = words
        weights = {name: _as_taken(weight) for name, weight in mapped.weights.items()}
        layers = {name.removeprefix(BODY): weight for name, weight in weights.items()}
        self._layers = OnnxLayers(layers, READING)
        self._small = {
            name: weight
            for name, weight in weights.items()
            if not name.startswith((f"{BODY}encoder.", f"{BODY}embeddings.LayerNorm."))
        }
        mapped.give_back()

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


def _as_taken(weight: NDArray[Any]) -> NDArray[Any]:
    """A weight in single precision, but for the tables in eight bits, which stay as they are."""
    return weight if weight.dtype.itemsize == 1 else weight.astype(np.float32)
