"""Round a trained reader's tables to eight bits so that what it says of examples changes least."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from retrieval.embedding.model import Matrix
from retrieval.search.reader.eight_bits import (
    INPUT_STEPS,
    Inputs,
    Rounded,
    in_blocks,
    in_blocks_at,
    in_rows,
    widened,
)
from retrieval.search.reader.encoding import Encoder

from .data.example import Example
from .trainable import Trainable, in_batches

# Not shipped: the embedding model has these itself.
LEFT_OUT = "bert.embeddings.word_embeddings."
# So many examples are read, eight at a time as when a question is asked.
READ, TOGETHER = 96, 8
# The shares that the inputs' columns have in evening out, against the table's, that are tried.
SHARES = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)
# The parts of the inputs' range that are tried: what is seldom farther out is brought in.
PARTS = (1.0, 0.8, 0.6)
# So many batches tell what is lost; all, how far inputs lie.
MEASURED = 3
TINY = 1e-6


def rounded(
    model: Trainable, encoder: Encoder, examples: Sequence[Example]
) -> Mapping[str, NDArray[Any]]:
    """The weights to ship of a model: the layers' tables in eight bits, all else in halves."""
    weights = {
        name: weight.detach().numpy().astype(np.float16)
        for name, weight in model.state_dict().items()
        if not name.startswith(LEFT_OUT)
    }
    for name, inputs in _inputs(model, encoder, examples).items():
        table = model.get_parameter(f"{name}.weight").detach().numpy()
        made = in_blocks(table) if in_blocks_at(name) else _in_rows(table, inputs)
        weights |= made.named(name)
    return weights


def _inputs(
    model: Trainable, encoder: Encoder, examples: Sequence[Example]
) -> dict[str, list[Matrix]]:
    """Return what comes in at the layers' tables, by their names, of a few examples at a time."""
    came: dict[str, list[Matrix]] = {}
    hooks = [
        table.register_forward_pre_hook(_keep(came.setdefault(name, [])))
        for name, table in model.named_modules()
        if isinstance(table, nn.Linear) and name.startswith("bert.encoder.")
    ]
    for some in in_batches(examples[:: max(1, len(examples) // READ)][:READ], TOGETHER):
        batch = encoder.encode([(example.question, example.text) for example in some])
        with torch.inference_mode():
            model(batch)
    for hook in hooks:
        hook.remove()
    return came


def _keep(came: list[Matrix]) -> Any:
    """A hook that keeps what comes in."""

    # In a call of its own, so that each table keeps what came in there.
    def keep(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        came.append(inputs[0].flatten(0, -2).numpy())

    return keep


def _in_rows(table: Matrix, came: Sequence[Matrix]) -> Rounded:
    """A table rounded by rows, and its inputs so that the least is lost."""
    some = came[:MEASURED]
    whole = [inputs @ table.T for inputs in some]

    def lost(rounding: Inputs) -> float:
        [wide] = widened(in_rows(table, rounding).named("it")).values()
        made = [(_steps(inputs, rounding) / rounding.even) @ wide.T for inputs in some]
        return float(np.mean([((a - b) ** 2).mean() for a, b in zip(made, whole, strict=True)]))

    return in_rows(table, min(_roundings(table, came), key=lost))


def _roundings(table: Matrix, came: Sequence[Matrix]) -> Iterator[Inputs]:
    """Ways to round inputs: made even by SmoothQuant's factors, whose mean logarithm is 0 here."""
    least, most = (np.array([limit(some, axis=0) for some in came]) for limit in (np.min, np.max))
    farthest = np.maximum(-least.min(axis=0), most.max(axis=0)) + TINY
    for share in SHARES:
        log = (1 - share) * np.log(np.abs(table).max(axis=0)) - share * np.log(farthest)
        even = np.exp(log - log.mean()) if share else np.ones_like(farthest)
        low, high = min(float((least * even).min()), 0.0), float((most * even).max())
        for part in PARTS:
            yield Inputs(even, low * part, high * part)


def _steps(numbers: Matrix, rounding: Inputs) -> Matrix:
    """Inputs made even, and rounded as ONNX Runtime rounds them."""
    steps = np.rint(numbers * rounding.even / rounding.step) + rounding.zero
    return cast(Matrix, (steps.clip(0, INPUT_STEPS) - rounding.zero) * rounding.step)
