"""Write the reader's weights to ship: python -m benchmarks.fit.reader.export CHECKPOINT…

The mean of the checkpoints, in half precision, without what the embedding model has itself.
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import retrieval.search.reader
from retrieval.search.reader.network import RECORD, WEIGHTS

if TYPE_CHECKING:
    import torch

    Weights = Mapping[str, torch.Tensor]

FOLDER = Path(retrieval.search.reader.__file__).parent
# Not shipped: the embedding model's own, and what stands behind the layers that are used.
LEFT_OUT = ("bert.embeddings.word_embeddings.", "bert.pooler.")


def mean(checkpoints: Sequence[Path]) -> "Weights":
    """The mean of the weights of checkpoints."""
    import torch

    states = [_weights(torch.load(path, weights_only=True)) for path in checkpoints]
    return {
        name: torch.stack([state[name].float() for state in states]).mean(dim=0)
        for name in states[0]
        if not name.startswith(LEFT_OUT)
    }


def _weights(saved: "dict[str, torch.Tensor] | dict[str, Weights]") -> "Weights":
    """The weights in what was saved: they stand under "model" where there is more."""
    return saved.get("model", saved)  # type: ignore[return-value, arg-type]


def write(weights: "Weights", folder: Path = FOLDER) -> str:
    """Write weights, and beside them the record with their hash, which is returned."""
    from safetensors.torch import save

    written = save({name: weight.half().contiguous() for name, weight in weights.items()})
    digest = sha256(written).hexdigest()
    (folder / WEIGHTS).write_bytes(written)
    today = datetime.now(UTC).date()
    (folder / RECORD).write_text(f'sha256 = "{digest}"\ndate = {today}\n', encoding="utf-8")
    return digest


if __name__ == "__main__":
    print(write(mean([Path(argument) for argument in sys.argv[1:]])))
