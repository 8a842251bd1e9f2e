"""A pass of the reader's model by PyTorch, where that runs the embedding model; the reference."""

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from retrieval.embedding.torch_model import TorchModel
from retrieval.embedding.weights_file import WeightsFile

from .eight_bits import widened
from .encoding import Batch
from .network import BODY, Output

if TYPE_CHECKING:
    import torch

    Weights = dict[str, torch.Tensor]

# Processors that say one of these multiply bfloat16 at twice to three times the speed of float32.
QUICK_IN_BFLOAT16 = ("amx_bf16", "avx512_bf16")


class TorchPass:
    """The model, for passes; any thread may make one."""

    def __init__(self, model: TorchModel, mapped: WeightsFile) -> None:
        """`model` is the bundled one, whose word vectors are shared."""
        import torch

        weights = {name: torch.from_numpy(table) for name, table in widened(mapped.weights).items()}
        mapped.give_back()
        first: Any = model.transformer[0]
        base = first.auto_model
        self._type = quickest_type(base.device)
        self._body = _with_weights(base, weights, self._type)
        self._heads = {
            name: weight.to(base.device).float()
            for name, weight in weights.items()
            if not name.startswith(BODY)
        }

    def __call__(self, batch: Batch) -> Output:
        """The logits of a batch."""
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


def _with_weights(base: Any, weights: "Weights", type: "torch.dtype") -> Any:
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
