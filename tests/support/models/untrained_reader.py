"""Weights for the reader that were never trained: its body is the embedding model's own."""

from hashlib import sha256
from pathlib import Path

import numpy as np
from safetensors.numpy import save

from retrieval.embedding.bundled_weights import WEIGHTS as EMBEDDING_WEIGHTS
from retrieval.embedding.bundled_weights import bundled_path
from retrieval.embedding.weights_file import map_weights
from retrieval.search.reader.marks import Mark
from retrieval.search.reader.network import BODY, RECORD, WEIGHTS

WIDE = 384
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
    written = save({name: weight.astype(np.float16) for name, weight in weights.items()})
    (folder / WEIGHTS).write_bytes(written)
    (folder / RECORD).write_text(f'sha256 = "{sha256(written).hexdigest()}"\n', encoding="utf-8")
    return folder
