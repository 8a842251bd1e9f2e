"""Weights for the reader that were never trained: its body is the embedding model's own."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from retrieval.embedding.bundled_weights import WEIGHTS as EMBEDDING_WEIGHTS
from retrieval.embedding.bundled_weights import bundled_path
from retrieval.embedding.weights_file import map_weights
from retrieval.search.reader.eight_bits import Inputs, in_blocks, in_blocks_at, in_rows
from retrieval.search.reader.marks import Mark
from retrieval.search.reader.network import BODY, RECORD, WEIGHTS

WIDE = 384
# No number that comes in at a table lies farther from 0.
FARTHEST = 12.0
LEFT_OUT = ("embeddings.word_embeddings", "embeddings.position_ids", "pooler")


def save_untrained_reader(folder: Path) -> Path:
    """A folder with such weights and their record."""
    chance = np.random.default_rng(7)
    own = map_weights(bundled_path() / EMBEDDING_WEIGHTS).weights
    weights = {
        f"{BODY}{name}": weight for name, weight in own.items() if not name.startswith(LEFT_OUT)
    }
    for name, rows in (("marks", len(Mark)), ("span", 2), ("cls", 1)):
        weights[f"{name}.weight"] = chance.normal(size=(rows, WIDE)) / 8
    weights |= {"span.bias": np.zeros(2), "cls.bias": np.zeros(1)}
    small = {name: weight.astype(np.float16) for name, weight in weights.items()}
    written = save(small | _in_eight_bits(own))
    (folder / WEIGHTS).write_bytes(written)
    (folder / RECORD).write_text(f'sha256 = "{sha256(written).hexdigest()}"\n', encoding="utf-8")
    return folder


def _in_eight_bits(weights: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The tables of the layers, rounded as the reader has them."""
    made = dict[str, NDArray[Any]]()
    for name, table in weights.items():
        if name.endswith(".weight") and name.startswith("encoder.") and table.ndim > 1:
            layer = BODY + name.removesuffix(".weight")
            inputs = Inputs(np.ones(table.shape[1], dtype=np.float32), -FARTHEST, FARTHEST)
            blocks = in_blocks_at(layer)
            made |= (in_blocks(table) if blocks else in_rows(table, inputs)).named(layer)
    return made
