"""The layers of a model of the bundled one's shape, or of twice its depth, run by ONNX Runtime.

The graphs, `layers.onnx` and `twelve_layers.onnx`, have no weights: they are handed in from
wherever they are kept, so that one graph serves the embedding model and the reader.
`benchmarks/fit/graph.py` made them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from .model import Matrix

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph of so many layers, in a file."""

    layers: int
    file: Path
    sha256: str


SIX = Graph(
    6,
    Path(__file__).with_name("layers.onnx"),
    "6ea6b587b6fdfeafee6579890e781d456ef04600ae1c50638f60f70e647a6635",
)
TWELVE = Graph(
    12,
    Path(__file__).with_name("twelve_layers.onnx"),
    "e1fb3f4e80ddb297ff7498d72bb16c2cb1731b9963998f1141002bcc60f3fea4",
)
DEEPER = "encoder.layer.6."
# What the names of the weights begin with that the graph takes.
TAKEN = ("encoder.", "embeddings.LayerNorm.")
# What ONNX Runtime logs: no warnings about the machine, which nobody can do anything about.
ERRORS_ONLY = 3


class OnnxError(Exception):
    """ONNX Runtime can't run the layers on this machine; PyTorch has to."""


class OnnxLayers:
    """The layers with some weights; any thread may call it, and each call keeps to that thread."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], graph: Graph | None = None) -> None:
        """`weights` are named as in the model's file; more than the layers' may be among them.

        They are copied, one after the other. By itself, it takes the graph of as many layers as
        there are weights for. Raises OnnxError where ONNX Runtime is not there or can't use it.
        """
        taken = [name for name in weights if name.startswith(TAKEN)]
        deep = any(name.startswith(DEEPER) for name in taken)
        self._session = _session(_read(graph or (TWELVE if deep else SIX)), weights, taken)

    def __call__(self, vectors: Matrix, mask: NDArray[np.int64]) -> Matrix:
        """The last vectors (N, dim) of the N tokens of n texts, from their first ones (N, dim).

        The texts' tokens stand one behind the other; `mask` (n, t) is 1 where a text has one, at
        its beginning. Padding is only there where tokens look at each other, and not computed.
        """
        places = np.argwhere(mask)
        tokens = np.zeros(mask.shape, dtype=np.int64)
        tokens[tuple(places.T)] = np.arange(len(places))
        told = {"tokens": tokens, "places": places, "mask": mask.astype(np.int32)}
        [last] = self._session.run(["last"], {"vectors": vectors} | told)
        return cast(Matrix, last)


@cache
def _read(graph: Graph) -> bytes:
    """The graph, checked."""
    try:
        read = graph.file.read_bytes()
    except OSError as error:
        raise OnnxError(str(error)) from error
    if sha256(read).hexdigest() != graph.sha256:
        raise OnnxError(f"{graph.file} is not the file that comes with Footnote")
    return read


def _session(
    graph: bytes, weights: Mapping[str, NDArray[Any]], taken: Sequence[str]
) -> "InferenceSession":
    try:
        import onnxruntime
    except (ImportError, OSError) as error:
        raise OnnxError(str(error)) from error
    onnxruntime.set_default_logger_severity(ERRORS_ONLY)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS_ONLY
    # It is made of fused operations already.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(weights[name]) for name in taken]
    options.add_external_initializers(list(taken), values)
    try:
        return onnxruntime.InferenceSession(graph, options, ["CPUExecutionProvider"])
    except Exception as error:
        raise OnnxError(str(error).strip().splitlines()[0]) from error
