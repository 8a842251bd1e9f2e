"""The reader's model: the embedding model's shape and word vectors, with layers of its own.

Each token's vector is its word piece's, as the embedding model has it in memory, plus that of its
mark. The first token's last vector tells whether the question is answered, and every token's how
well an answer begins or ends there. Beginning and ending at the first token stands for "nowhere".
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import FootnoteError

from .encoding import Batch, Numbers

if TYPE_CHECKING:
    import torch

Logits = NDArray[np.float32]
Weights = Mapping[str, "torch.Tensor"]

WEIGHTS = "weights.safetensors"
# Its `sha256` is the hash of the weights.
RECORD = "weights.toml"
# The names of the body's weights begin with it; the others are of the table of marks and the heads.
BODY = "bert."
# Processors that say one of these multiply bfloat16 at twice to three times the speed of float32.
QUICK_IN_BFLOAT16 = ("amx_bf16", "avx512_bf16")
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


class Network:
    """The model, for use; any thread may call it."""

    def __init__(self, base: Any, weights: Weights) -> None:
        """`base` is a transformers `BertModel`, whose word vectors are shared."""
        self._type = quickest_type(base.device)
        self._body = _with_weights(base, weights, self._type)
        self._heads = {
            name: weight.to(base.device).float()
            for name, weight in weights.items()
            if not name.startswith(BODY)
        }

    def __call__(self, batch: Batch) -> Output:
        """The logits of a batch: on the CPU, every core makes a pass of its own, over its share.

        Padding's logits are 0.
        """
        shares = self._shares(batch.mask.sum(axis=1))
        starts, ends = (np.zeros(batch.ids.shape, dtype=np.float32) for _ in range(2))
        answered = np.zeros(len(batch.ids), dtype=np.float32)
        with _pool(len(shares)) as side_by_side:
            made = side_by_side(self._pass, [batch.rows(share) for share in shares])
            for share, output in zip(shares, made, strict=True):
                longest = output.starts.shape[1]
                answered[share] = output.answered
                starts[share, :longest], ends[share, :longest] = output.starts, output.ends
        return Output(answered, starts, ends)

    def _shares(self, lengths: Numbers) -> list[Numbers]:
        """The rows of each pass, given their lengths; those of like length are read together."""
        import torch

        cores = torch.get_num_threads() if self._body.device.type == "cpu" else 1
        number = min(cores, MOST_PASSES, max(len(lengths) // FEWEST_ROWS, 1))
        return np.array_split(np.argsort(lengths, kind="stable"), number)

    def _pass(self, batch: Batch) -> Output:
        import torch

        with torch.inference_mode():
            tokens = self._last_vectors(batch)
            answered = self._head("cls", tokens[:, 0])[:, 0]
            starts, ends = self._head("span", tokens).unbind(-1)
        return Output(answered.cpu().numpy(), starts.cpu().numpy(), ends.cpu().numpy())

    def _last_vectors(self, batch: Batch) -> "torch.Tensor":
        """The vectors of all tokens after the last layer, (n, t, dim)."""
        import torch

        tables = (batch.ids, batch.mask, batch.types, batch.marks)
        device = self._body.device
        ids, mask, types, marks = (torch.from_numpy(table).to(device) for table in tables)
        vectors = self._body.get_input_embeddings()(ids) + self._heads["marks.weight"][marks]
        made = self._body(
            inputs_embeds=vectors.to(self._type), attention_mask=mask, token_type_ids=types
        )
        return made.last_hidden_state.float()  # type: ignore[no-any-return]

    def _head(self, name: str, vectors: "torch.Tensor") -> "torch.Tensor":
        return vectors @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]


@contextmanager
def _pool(number: int) -> Iterator[Callable[..., Iterator[Output]]]:
    """A `map` that works on so many threads, in each of which torch keeps to one core.

    One pass shared by all cores has them wait for each other after each of its steps: on a machine
    that has other work, such a pass took ten to twenty times as long.
    """
    import torch

    if number == 1:
        yield map
        return
    cores = torch.get_num_threads()
    with ThreadPoolExecutor(number, "read", torch.set_num_threads, (1,)) as pool:
        try:
            yield pool.map
        finally:
            # What they set holds for threads that are yet to come, too.
            torch.set_num_threads(cores)


def _with_weights(base: Any, weights: Weights, type: "torch.dtype") -> Any:
    """A copy of a model with other weights, but for its word vectors, of which it has no copy."""
    from torch.nn import Parameter

    others = {
        id(old): Parameter(weights[f"{BODY}{name}"].to(base.device, type), requires_grad=False)
        for name, old in base.named_parameters()
        if f"{BODY}{name}" in weights
    }
    kept = {id(old): old for old in base.parameters()}
    made = deepcopy(base, kept | others)
    made.pooler = None
    return made.eval()


def quickest_type(device: "torch.device") -> "torch.dtype":
    """The type of numbers that a device reads with in the least time, and rightly."""
    import torch

    told = torch.cpu.get_capabilities() if device.type == "cpu" else {}
    quick = any(told.get(name) for name in QUICK_IN_BFLOAT16)
    return torch.bfloat16 if quick else torch.float32


def load_weights(folder: Path) -> Weights:
    """The weights in a folder, in half precision, as they were exported.

    Raises ReaderError where they are missing, or not what the record beside them says.
    """
    from safetensors.torch import load

    return load(read_weights(folder))


def read_weights(folder: Path) -> bytes:
    """The file of weights in a folder, checked. Raises ReaderError as `load_weights` does."""
    try:
        record = tomllib.loads((folder / RECORD).read_text(encoding="utf-8"))
        written = (folder / WEIGHTS).read_bytes()
    except (OSError, ValueError) as error:
        raise ReaderError(f"The reader's weights can't be read: {error}. {_REINSTALL}") from error
    if (digest := sha256(written).hexdigest()) != record.get("sha256"):
        raise ReaderError(
            f"The reader's weights at {folder / WEIGHTS} are not those that come with Footnote "
            f"(SHA-256 {digest}). {_REINSTALL}"
        )
    return written


_REINSTALL = "Questions are answered without it. Reinstall Footnote to have it again."
