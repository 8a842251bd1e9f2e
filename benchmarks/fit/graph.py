"""Write what ONNX Runtime runs the models' layers by: python -m benchmarks.fit.graph

A graph holds the shape of a BERT model of the bundled one's size, or of twice its depth, and no
weights. Its operations are those that ONNX Runtime fuses a BERT model to itself, written down here
so that nothing has to be exported, or fused each time it is loaded. Beside them go the means of
the models' word vectors.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, cast

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor_value_info

from retrieval.embedding.bundled_weights import WEIGHTS, bundled_path
from retrieval.embedding.model import Matrix
from retrieval.embedding.multilingual.weights import map_multilingual
from retrieval.embedding.onnx_layers import SIX, TWELVE
from retrieval.embedding.onnx_model import CENTRE, MULTILINGUAL_CENTRE
from retrieval.embedding.weights_file import map_weights
from retrieval.search.reader.eight_bits import BLOCK, in_blocks_at
from retrieval.search.reader.onnx_pass import READING

DIM, WIDE, HEADS = 384, 1536, 12
EPSILON = 1e-12
OPSET, IR = 17, 8
MICROSOFT = "com.microsoft"


class Graph:
    """Operations one after the other, and the shapes and kinds of the weights that they take."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: dict[str, tuple[tuple[int, ...], int]] = {}

    def weight(self, name: str, *shape: int, kind: int = TensorProto.FLOAT) -> str:
        """Take a weight of a kind of numbers; returns its name."""
        self.weights[name] = shape, kind
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, **more: Any) -> str:
        """Add an operation; returns the name of its output."""
        self.nodes.append(make_node(kind, list(inputs), [output], **more))
        return output

    def fused(self, kind: str, inputs: Sequence[str], output: str, **more: Any) -> str:
        """Add one of ONNX Runtime's own operations."""
        return self.node(kind, inputs, output, domain=MICROSOFT, **more)

    def linear(self, of: str, name: str, wide: int, narrow: int, bias: bool = False) -> str:
        """Multiply vectors of `narrow` numbers by a table of weights; gives `wide` numbers."""
        inputs = [of, self.weight(f"{name}.weight", wide, narrow)]
        if bias:
            inputs.append(self.weight(f"{name}.bias", wide))
        return self.node("Gemm", inputs, f"{name}.made", transB=1)

    def added(self, new: str, old: str, part: str, output: str) -> str:
        """Add what a part of a layer made to what it was made of; normalised. ONNX Runtime has one
        operation for both, which takes five times as long (1.32)."""
        norm = [self.weight(f"{part}.LayerNorm.{kind}", DIM) for kind in ("weight", "bias")]
        both = self.node("Add", [new, old], f"{output}.sum")
        return self.node("LayerNormalization", [both, *norm], output, epsilon=EPSILON)

    def layer(self, of: str, name: str) -> str:
        """Add a layer; returns the name of its output."""
        kinds = ("query", "key", "value")
        made = [self.linear(of, f"{name}.attention.self.{k}", DIM, DIM, bias=True) for k in kinds]
        # Only here does a text's tokens' place matter: from (N, dim) to (n, t, dim), and back.
        apart = [self.node("Gather", [each, "tokens"], f"{each}.apart") for each in made]
        seen = self.fused(
            "MultiHeadAttention", [*apart, "", "mask"], f"{name}.seen", num_heads=HEADS
        )
        seen = self.node("GatherND", [seen, "places"], f"{name}.joined")
        seen = self.linear(seen, f"{name}.attention.output.dense", DIM, DIM, bias=True)
        seen = self.added(seen, of, f"{name}.attention.output", f"{name}.attended")
        wide = self.linear(seen, f"{name}.intermediate.dense", WIDE, DIM, bias=True)
        wide = self.fused("Gelu", [wide], f"{name}.wide")
        narrow = self.linear(wide, f"{name}.output.dense", DIM, WIDE, bias=True)
        return self.added(narrow, seen, f"{name}.output", f"{name}.last")


class EightBits(Graph):
    """The same with tables in eight bits, as `retrieval/search/reader/eight_bits.py` makes them."""

    def linear(self, of: str, name: str, wide: int, narrow: int, bias: bool = False) -> str:
        """Multiply vectors of `narrow` numbers by a rounded table; gives `wide` numbers."""
        added = self.weight(f"{name}.bias", wide)
        if in_blocks_at(name):
            shape = wide, narrow // BLOCK, BLOCK
            table = self.weight(f"{name}.weight", *shape, kind=TensorProto.UINT8)
            scale = self.weight(f"{name}.scale", wide * narrow // BLOCK)
            sizes = {"K": narrow, "N": wide, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
            return self.fused(
                "MatMulNBits", [of, table, scale, "", "", added], f"{name}.made", **sizes
            )
        even = self.node("Mul", [of, self.weight(f"{name}.even", narrow)], f"{name}.evened")
        step, zero = (
            self.weight(f"{name}.step"),
            self.weight(f"{name}.zero", kind=TensorProto.UINT8),
        )
        steps = self.node("QuantizeLinear", [even, step, zero], f"{name}.steps")
        table = self.weight(f"{name}.weight", narrow, wide, kind=TensorProto.INT8)
        scale = self.weight(f"{name}.scale", wide)
        inputs = [steps, table, step, scale, zero, "", added]
        return self.fused("MatMulIntegerToFloat", inputs, f"{name}.made")


def build(layers: int, graph: Graph | None = None) -> ModelProto:
    """The graph of so many layers: first vectors of all tokens in, last vectors out."""
    graph = graph or Graph()
    norm = [graph.weight(f"embeddings.LayerNorm.{kind}", DIM) for kind in ("weight", "bias")]
    made = graph.node("LayerNormalization", ["vectors", *norm], "first", epsilon=EPSILON)
    for number in range(layers):
        made = graph.layer(made, f"encoder.layer.{number}")
    graph.node("Identity", [made], "last")
    inputs = [
        make_tensor_value_info("vectors", TensorProto.FLOAT, ["N", DIM]),
        make_tensor_value_info("tokens", TensorProto.INT64, ["n", "t"]),
        make_tensor_value_info("places", TensorProto.INT64, ["N", 2]),
        make_tensor_value_info("mask", TensorProto.INT32, ["n", "t"]),
    ]
    outputs = [make_tensor_value_info("last", TensorProto.FLOAT, ["N", DIM])]
    weights = [elsewhere(name, *kind) for name, kind in graph.weights.items()]
    made_graph = make_graph(graph.nodes, "layers", inputs, outputs, weights)
    sets = [make_opsetid("", OPSET), make_opsetid(MICROSOFT, 1)]
    return make_model(made_graph, opset_imports=sets, ir_version=IR)


def elsewhere(name: str, shape: Sequence[int], kind: int) -> TensorProto:
    """A weight that isn't in the file: whoever loads the graph hands it in."""
    tensor = TensorProto(name=name, data_type=kind, dims=shape)
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="handed-in")
    return tensor


def word_centre() -> Matrix:
    """The mean of the bundled model's word vectors."""
    weights = map_weights(bundled_path() / WEIGHTS).weights
    return cast(Matrix, weights["embeddings.word_embeddings.weight"].mean(axis=0))


def multilingual_word_centre() -> Matrix:
    """The mean of the multilingual model's word vectors."""
    table = map_multilingual().word_table
    parts = np.array_split(np.arange(table.shape[0]), 32)
    return cast(Matrix, (sum(table[part].sum(axis=0) for part in parts) / table.shape[0]))


def main() -> None:
    """Write the files, and print the hashes that the graphs are checked by."""
    made = {SIX: Graph(), TWELVE: Graph(), READING: EightBits()}
    for graph, kind in made.items():
        written = build(graph.layers, kind).SerializeToString(deterministic=True)
        graph.file.write_bytes(written)
        print(graph.file.name, sha256(written).hexdigest())
    np.save(CENTRE, word_centre())
    np.save(MULTILINGUAL_CENTRE, multilingual_word_centre().astype(np.float32))


if __name__ == "__main__":
    main()
