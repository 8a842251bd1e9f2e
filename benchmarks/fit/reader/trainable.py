"""The reader's model while it is trained, and what a run is resumed from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from transformers import BertConfig, BertModel

from retrieval.embedding.bundled_weights import bundled_path
from retrieval.search.reader.encoding import Batch, Numbers
from retrieval.search.reader.marks import Mark

from .data.example import Example

Logits = tuple[torch.Tensor, torch.Tensor, torch.Tensor]

# The loss leaves out a span with this number: there is an answer, and its place is not known.
LEFT_OUT = -100
# No vector of a mark is larger than a word's to begin with.
SMALL = 0.02
# The logit of a token that no span may begin or end at.
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Rates:
    """The greatest learning rates, of each kind of weights."""

    body: float = 1.2e-4
    marks: float = 2e-3
    heads: float = 5e-4


class Trainable(nn.Module):
    """The embedding model, its word vectors kept as they are, with marks and two heads.

    Its weights have the names by which `retrieval/search/reader/` finds them.
    """

    def __init__(self) -> None:
        super().__init__()
        # Of few examples, seen few times, nothing is to be left out.
        folder = str(bundled_path())
        config = BertConfig.from_pretrained(
            folder, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0
        )
        self.bert: Any = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)
        # A step takes a quarter less time than with PyTorch's fused attention (2.13, in bfloat16).
        self.bert.set_attn_implementation("eager")
        self.words.weight.requires_grad = False
        wide = self.bert.config.hidden_size
        self.marks = nn.Embedding(len(Mark), wide)
        nn.init.normal_(self.marks.weight, std=SMALL)
        self.span = nn.Linear(wide, 2)
        self.cls = nn.Linear(wide, 1)

    @property
    def words(self) -> nn.Embedding:
        """The table of word vectors."""
        return self.bert.get_input_embeddings()  # type: ignore[no-any-return]

    def forward(self, batch: Batch) -> Logits:
        """The logits of "answered" (n,), and of spans' first and last tokens (n, t) each."""
        tables = (batch.ids, batch.mask, batch.types, batch.marks)
        device = self.words.weight.device
        ids, mask, types, marks = (torch.from_numpy(table).to(device) for table in tables)
        made = self.bert(
            inputs_embeds=self.words(ids) + self.marks(marks),
            attention_mask=mask,
            token_type_ids=types,
        ).last_hidden_state
        possible = types.bool() & mask.bool()
        possible[:, 0] = True
        spans = self.span(made).float().masked_fill(~possible.unsqueeze(-1), NEVER)
        return self.cls(made[:, 0]).float().squeeze(-1), spans[..., 0], spans[..., 1]

    def optimizer(self, rates: Rates) -> torch.optim.Optimizer:
        """AdamW, with a rate of its own for each kind of weights."""
        body = [weight for weight in self.bert.parameters() if weight.requires_grad]
        heads = [*self.span.parameters(), *self.cls.parameters()]
        groups = [(body, rates.body), ([self.marks.weight], rates.marks), (heads, rates.heads)]
        listed = [{"params": weights, "lr": rate, "greatest": rate} for weights, rate in groups]
        return torch.optim.AdamW(listed, weight_decay=0.01)


def loss(logits: Logits, examples: Sequence[Example], batch: Batch) -> torch.Tensor:
    """The loss of both heads together: is it answered, and where."""
    answered, starts, ends = logits
    truth = torch.tensor([float(example.answered) for example in examples]).to(answered.device)
    firsts, lasts = torch.from_numpy(spans(examples, batch).T).to(answered.device)
    of_span = nn.functional.cross_entropy(starts, firsts, ignore_index=LEFT_OUT)
    of_span += nn.functional.cross_entropy(ends, lasts, ignore_index=LEFT_OUT)
    return nn.functional.binary_cross_entropy_with_logits(answered, truth) + of_span / 2


def spans(examples: Sequence[Example], batch: Batch) -> Numbers:
    """The first and last tokens (n, 2) of the answers; token 0 where there is none."""
    return np.array(list(map(_span, examples, batch.offsets)), dtype=np.int64)


def _span(example: Example, offsets: Numbers) -> tuple[int, int]:
    if not example.answered:
        return 0, 0
    start, end = example.span or (0, 0)
    [inside] = np.nonzero(
        (offsets[:, 1] > start) & (offsets[:, 0] < end) & (offsets[:, 1] > offsets[:, 0])
    )
    return (int(inside[0]), int(inside[-1])) if len(inside) else (LEFT_OUT, LEFT_OUT)


def save(path: Path, model: Trainable, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Write what a run is resumed from; a run that is killed meanwhile leaves the one before."""
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def resume(path: Path, model: Trainable, optimizer: torch.optim.Optimizer) -> int:
    """Take up a run; returns the number of steps that are done: none where nothing was saved."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def begin_with(path: Path, model: Trainable) -> None:
    """Begin with the weights that another run has saved."""
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state.get("model", state))


def in_batches(examples: Sequence[Example], size: int) -> Iterator[Sequence[Example]]:
    """Batches of examples, in their order; the last one may be smaller."""
    return (examples[at : at + size] for at in range(0, len(examples), size))
