"""The tables of the reader's layers in eight bits, and as they were again, nearly.

Most are rounded by rows: each has a scale, and steps of seven bits, which processors without
instructions for it sum in sixteen bits without overflow. What such a table is multiplied by is
rounded too, by steps that were measured on examples, so that no text's reading depends on those
beside it; its columns are made even first, and those of the table take up the difference
(SmoothQuant, Xiao et al. 2022). Behind GELU, a few numbers of the first layers are so much larger
than all others that this isn't enough: there both are rounded in blocks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.model import Matrix

# The greatest number in a table that was rounded by rows.
ROW_STEPS = 63
# A block is so many columns of a row; its numbers lie around ZERO.
BLOCK, BLOCK_STEPS, ZERO = 64, 127, 128
# The tables of the layers that are rounded in blocks: those behind GELU.
BEHIND_GELU = re.compile(r"(?:bert\.)?encoder\.layer\.[0-3]\.output\.dense")
# The names of a table, its scales, what its input's columns are multiplied by to be even, and then
# a step of theirs and the step that zero is.
TABLE, SCALE, EVEN, STEP, AT_ZERO = "weight", "scale", "even", "step", "zero"
INPUT_STEPS = 255


@dataclass(frozen=True, slots=True)
class Rounded:
    """A table in eight bits: `parts` by the ends of their names."""

    parts: Mapping[str, NDArray[Any]]

    def named(self, name: str) -> dict[str, NDArray[Any]]:
        """The parts under the name of their layer."""
        return {f"{name}.{part}": numbers for part, numbers in self.parts.items()}


def in_blocks_at(name: str) -> bool:
    """True for a table that is rounded in blocks."""
    return bool(BEHIND_GELU.fullmatch(name))


@dataclass(frozen=True, slots=True)
class Inputs:
    """The rounding of what comes in at a table: its columns are multiplied by `even`, and then lie
    between `least`, which is 0 or less, and `most`; what lies outside is brought in."""

    even: Matrix
    least: float
    most: float

    @property
    def step(self) -> float:
        """The size of a step."""
        return (self.most - self.least) / INPUT_STEPS

    @property
    def zero(self) -> int:
        """The step that zero is."""
        return round(-self.least / self.step)


def in_rows(table: Matrix, inputs: Inputs) -> Rounded:
    """Round a table (n, m) by rows; it is kept turned, (m, n), as ONNX Runtime multiplies by it."""
    even = inputs.even
    made = table / even
    scale = np.maximum(np.abs(made).max(axis=1), np.finfo(np.float32).tiny) / ROW_STEPS
    steps = np.rint(made / scale[:, None]).astype(np.int8)
    of_inputs = {STEP: np.float32(inputs.step), AT_ZERO: np.uint8(inputs.zero), EVEN: _single(even)}
    return Rounded(
        {TABLE: np.ascontiguousarray(steps.T), SCALE: _single(scale)}
        | {name: np.asarray(number) for name, number in of_inputs.items()}
    )


def in_blocks(table: Matrix) -> Rounded:
    """Round a table (n, m) by blocks of its rows; they stand apart in it, (n, m / BLOCK, BLOCK)."""
    blocks = table.reshape(len(table), -1, BLOCK)
    scale = np.maximum(np.abs(blocks).max(axis=2), np.finfo(np.float32).tiny) / BLOCK_STEPS
    steps = (np.rint(blocks / scale[..., None]) + ZERO).astype(np.uint8)
    return Rounded({TABLE: steps, SCALE: _single(scale.ravel())})


def widened(weights: Mapping[str, NDArray[Any]]) -> dict[str, Matrix]:
    """All weights in float32, with tables (n, m) that do what the rounded ones do."""
    wide = dict[str, Matrix]()
    for name, numbers in weights.items():
        layer, _, part = name.rpartition(".")
        if part not in (SCALE, EVEN, STEP, AT_ZERO):
            scale, even = (weights.get(f"{layer}.{kind}") for kind in (SCALE, EVEN))
            table = part == TABLE and scale is not None
            wide[name] = _table(numbers, scale, even) if table else _single(numbers)
    return wide


def _table(numbers: NDArray[Any], scale: Any, even: Any) -> Matrix:
    if even is not None:
        return _single(numbers.T * scale[:, None] * even)
    blocks = (numbers.astype(np.float32) - ZERO) * scale.reshape(*numbers.shape[:2], 1)
    return _single(blocks.reshape(len(numbers), -1))


def _single(numbers: NDArray[Any]) -> Matrix:
    return np.ascontiguousarray(numbers.astype(np.float32))
