"""Write the reader's weights to ship: python -m benchmarks.fit.reader.export DATA CHECKPOINT…

The mean of the checkpoints, its tables in eight bits and all else in half precision, without what
the embedding model has itself. The folder DATA has the examples that rounding is fitted to.
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from safetensors.numpy import save

import retrieval.search.reader
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.encoding import Encoder
from retrieval.search.reader.marks import Marker
from retrieval.search.reader.network import RECORD, WEIGHTS

from .data.mix import Mix
from .rounding import rounded
from .trainable import Trainable

Weights = Mapping[str, torch.Tensor]

FOLDER = Path(retrieval.search.reader.__file__).parent


def mean(checkpoints: Sequence[Path]) -> Weights:
    """The mean of the weights of checkpoints."""
    states = [_weights(torch.load(path, weights_only=True)) for path in checkpoints]
    return {
        name: torch.stack([state[name].float() for state in states]).mean(dim=0)
        for name in states[0]
    }


def _weights(saved: dict[str, torch.Tensor] | dict[str, Weights]) -> Weights:
    """The weights in what was saved: they stand under "model" where there is more."""
    return saved.get("model", saved)  # type: ignore[return-value, arg-type]


def write(weights: Mapping[str, NDArray[Any]], folder: Path = FOLDER) -> str:
    """Write weights, and beside them the record with their hash, which is returned."""
    written = save({name: weight.copy(order="C") for name, weight in weights.items()})
    digest = sha256(written).hexdigest()
    (folder / WEIGHTS).write_bytes(written)
    today = datetime.now(UTC).date()
    (folder / RECORD).write_text(f'sha256 = "{digest}"\ndate = {today}\n', encoding="utf-8")
    return digest


def main(data: Path, checkpoints: Sequence[Path]) -> None:
    """Write what checkpoints come to, and print its hash."""
    embedder = SentenceEmbedder(None, "cpu")
    examples = [each for some in Mix(data, embedder).validation().values() for each in some]
    model = Trainable()
    model.load_state_dict(mean(checkpoints))
    print(write(rounded(model, Encoder(embedder.model, Marker()), examples)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
