"""Passes of the bundled models that are remembered: most tests ask the same texts again.

What goes in is the same to the last bit, so what comes out is, too. Where the passes themselves are
tested, they are made each time.
"""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.model import Matrix, Model
from retrieval.embedding.onnx_layers import OnnxLayers
from retrieval.embedding.weights_file import WeightsFile
from retrieval.search.reader.model import _Loaded as Loaded

Pass = Callable[[OnnxLayers, Matrix, NDArray[np.int64]], Matrix]
Key = tuple[int, bytes]
Load = Callable[[SentenceEmbedder, WeightsFile], Loaded]

# Bytes of vectors that are kept, those used last.
ROOM = 128 * 2**20


class Remembered:
    """The vectors that layers gave; any thread may ask for them."""

    def __init__(self) -> None:
        self.each_time: Pass = OnnxLayers.__call__
        self._known: OrderedDict[Key, tuple[OnnxLayers, Matrix]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def once(self, layers: OnnxLayers, vectors: Matrix, mask: NDArray[np.int64]) -> Matrix:
        """The vectors of a pass, which is made where it was not made before."""
        key = (id(layers), _digest(vectors, mask))
        found = self._find(key)
        if found is None:
            found = self.each_time(layers, vectors, mask)
            self._keep(key, layers, found)
        return found.copy()

    def _find(self, key: Key) -> Matrix | None:
        with self._lock:
            if key not in self._known:
                return None
            self._known.move_to_end(key)
            return self._known[key][1]

    def _keep(self, key: Key, layers: OnnxLayers, made: Matrix) -> None:
        """Keep vectors, with their layers: the id of what is gone may be another's."""
        with self._lock:
            if key not in self._known:
                self._known[key] = (layers, made)
                self._bytes += made.nbytes
            while self._bytes > ROOM:
                _, (_, dropped) = self._known.popitem(last=False)
                self._bytes -= dropped.nbytes


def loaded_once(load: Load) -> Load:
    """A way to load the reader's model that does it once for an embedding model and its weights."""
    loaded: dict[tuple[int, int], tuple[Model, WeightsFile, Loaded]] = {}

    def once(embedder: SentenceEmbedder, weights: WeightsFile) -> Loaded:
        key = (id(embedder.model), id(weights))
        if key not in loaded:
            loaded[key] = (embedder.model, weights, load(embedder, weights))
        return loaded[key][2]

    return once


def _digest(vectors: Matrix, mask: NDArray[np.int64]) -> bytes:
    digest = blake2b(np.ascontiguousarray(vectors).data, digest_size=16)
    digest.update(repr(mask.shape).encode())
    digest.update(np.ascontiguousarray(mask).data)
    return digest.digest()
