"""The reader's model: the embedding model's shape and word vectors, with layers of its own.

Each token's vector is its word piece's, as the embedding model has it in memory, plus that of its
mark. The first token's last vector tells whether the question is answered, and every token's how
well an answer begins or ends there. Beginning and ending at the first token stands for "nowhere".
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.model import Model
from retrieval.embedding.weights_file import WeightsFile, map_weights
from retrieval.errors import FootnoteError

from .encoding import Batch, Numbers

Logits = NDArray[np.float32]

WEIGHTS = "weights.safetensors"
# Its `sha256` is the hash of the weights.
RECORD = "weights.toml"
# The names of the body's weights begin with it; the others are of the table of marks and the heads.
BODY = "bert."
# A pass over fewer rows takes little less time.
FEWEST_ROWS = 2
MOST_PASSES = 4


class ReaderError(FootnoteError):
    """The reader's weights are missing or altered."""


@dataclass(frozen=True, slots=True)
class Output:
    """The logits of n pairs of t tokens: `answered` (n,), `starts` and `ends` (n, t) of spans."""

    answered: Logits
    starts: Logits
    ends: Logits


# A pass of the model over some pairs, on one core; any thread may make one.
Pass = Callable[[Batch], Output]


class Network:
    """The model, for use; any thread may call it."""

    def __init__(self, model: Model, make_pass: Pass) -> None:
        """`model` is the embedding model, which says how many passes are made at a time."""
        self._model = model
        self._make_pass = make_pass
        self._counting = Lock()
        self._at_work = 0  # batches that are read just now

    def __call__(self, batch: Batch) -> Output:
        """The logits of a batch: on the CPU, every core that reads no other batch makes a pass of
        its own, over its share.

        Padding's logits are 0.
        """
        with self._one_more() as at_work:
            return self._read(batch, at_work)

    @contextmanager
    def _one_more(self) -> Iterator[int]:
        """Count a batch in; yields how many are read now."""
        with self._counting:
            self._at_work += 1
            at_work = self._at_work
        try:
            yield at_work
        finally:
            with self._counting:
                self._at_work -= 1

    def _read(self, batch: Batch, at_work: int) -> Output:
        shares = self._shares(batch.mask.sum(axis=1), at_work)
        starts, ends = (np.zeros(batch.ids.shape, dtype=np.float32) for _ in range(2))
        answered = np.zeros(len(batch.ids), dtype=np.float32)
        made = self._passes([batch.rows(share) for share in shares])
        for share, output in zip(shares, made, strict=True):
            longest = output.starts.shape[1]
            answered[share] = output.answered
            starts[share, :longest], ends[share, :longest] = output.starts, output.ends
        return Output(answered, starts, ends)

    def _shares(self, lengths: Numbers, at_work: int) -> list[Numbers]:
        """The rows of each pass, given their lengths; those of like length are read together."""
        cores = max(self._model.passes // at_work, 1)
        number = min(cores, MOST_PASSES, max(len(lengths) // FEWEST_ROWS, 1))
        return np.array_split(np.argsort(lengths, kind="stable"), number)

    def _passes(self, shares: Sequence[Batch]) -> Iterator[Output]:
        if len(shares) == 1:
            yield self._make_pass(shares[0])
            return
        with self._model.side_by_side(len(shares)) as pool:
            yield from pool.map(self._make_pass, shares)


def check_weights(folder: Path) -> WeightsFile:
    """The weights in a folder, mapped from their file and checked.

    Raises ReaderError where they are missing, or not what the record beside them says.
    """
    try:
        record = tomllib.loads((folder / RECORD).read_text(encoding="utf-8"))
        mapped = map_weights(folder / WEIGHTS)
    except (OSError, ValueError) as error:
        raise ReaderError(f"The reader's weights can't be read: {error}. {_REINSTALL}") from error
    if (digest := sha256(mapped.data).hexdigest()) != record.get("sha256"):
        raise ReaderError(
            f"The reader's weights at {folder / WEIGHTS} are not those that come with Footnote "
            f"(SHA-256 {digest}). {_REINSTALL}"
        )
    mapped.give_back()
    return mapped


_REINSTALL = "Questions are answered without it. Reinstall Footnote to have it again."
