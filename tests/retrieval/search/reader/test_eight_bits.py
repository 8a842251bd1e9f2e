"""A table in eight bits multiplies as the one that it was made of, nearly."""

import numpy as np
import pytest

from retrieval.search.reader.eight_bits import BLOCK, Inputs, Rounded, in_blocks, in_rows, widened

CHANCE = np.random.default_rng(5)
TABLE = (CHANCE.normal(size=(6, 2 * BLOCK)) / 9).astype(np.float32)
UNEVEN = CHANCE.uniform(0.1, 9, size=2 * BLOCK).astype(np.float32)
ALIKE, EVEN = (Inputs(even, -2.0, 6.0) for even in (np.ones_like(UNEVEN), UNEVEN))


def back(made: Rounded) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The table that a rounded one stands for."""
    [table] = widened(made.named("layer")).values()
    return table


@pytest.mark.parametrize(
    ("made", "step"),
    [
        (in_rows(TABLE, ALIKE), np.abs(TABLE).max() / 63),
        (in_rows(TABLE, EVEN), np.abs(TABLE / UNEVEN).max() / 63 * UNEVEN),
        (in_blocks(TABLE), np.abs(TABLE).max() / 127),
    ],
    ids=["rows", "rows made even", "blocks"],
)
def test_no_number_is_off_by_more_than_half_a_step(made: Rounded, step: float) -> None:
    assert np.all(np.abs(back(made) - TABLE) <= step * 0.5001)


@pytest.mark.parametrize("made", [in_rows(TABLE, EVEN), in_blocks(TABLE)])
def test_a_table_takes_a_byte_a_number(made: Rounded) -> None:
    assert made.parts["weight"].nbytes == TABLE.size


def test_no_row_has_steps_that_two_bytes_could_not_sum() -> None:
    """Of two products of eight bits, where there are no instructions to sum them in more."""
    steps = np.abs(in_rows(TABLE, EVEN).parts["weight"].astype(int)).max()
    assert 2 * 255 * steps <= np.iinfo(np.int16).max


def test_a_row_of_zeros_stays_one() -> None:
    assert not back(in_rows(np.zeros_like(TABLE), EVEN)).any()
    assert not back(in_blocks(np.zeros_like(TABLE))).any()


def test_weights_that_are_no_tables_stay_as_they_are() -> None:
    bias = np.arange(3, dtype=np.float16)
    assert widened({"layer.bias": bias})["layer.bias"].tolist() == [0, 1, 2]


def test_zero_comes_in_as_zero() -> None:
    assert 0 <= EVEN.zero <= 255
    assert EVEN.zero * EVEN.step == pytest.approx(2.0, abs=EVEN.step)
