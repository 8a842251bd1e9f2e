"""Measure how well a reader tells answered questions from near misses, and finds the answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from retrieval.search.reader.encoding import Encoder
from retrieval.search.reader.model import best_span

from .data.example import Example
from .trainable import Trainable, in_batches, spans

BATCH = 48
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """AUROC of the logit of "answered", of the best span's against none, and of both together;
    and the share of the answers of which the best span has the first or the last token."""

    answered: float
    span: float
    both: float
    placed: float

    def __str__(self) -> str:
        return " ".join(f"{name} {getattr(self, name):.3f}" for name in self.__slots__)


def measure(model: Trainable, encoder: Encoder, examples: Sequence[Example]) -> Figures:
    """The figures of a model on examples, of which some are answered and others are not."""
    model.eval()
    with torch.inference_mode():
        found = [
            row for batch in in_batches(examples, BATCH) for row in _rows(model, encoder, batch)
        ]
    model.train()
    answered, span, placed = np.array(found).T
    truth = np.array([example.answered for example in examples])
    return Figures(
        float(roc_auc_score(truth, answered)),
        float(roc_auc_score(truth, span)),
        float(roc_auc_score(truth, _standard(answered) + _standard(span))),
        float(np.nanmean(placed)),
    )


def _rows(
    model: Trainable, encoder: Encoder, examples: Sequence[Example]
) -> list[tuple[float, float, float]]:
    """Both logits of each example, and 1 where its span is placed, 0 where not, or NaN."""
    batch = encoder.encode([(example.question, example.text) for example in examples])
    answered, starts, ends = (logits.cpu().numpy() for logits in model(batch))
    rows = []
    for number, (first, last) in enumerate(spans(examples, batch)):
        begin, end, best = best_span(starts[number][1:], ends[number][1:])
        placed = float(begin + 1 == first or end + 1 == last) if first > 0 else float("nan")
        none = float(starts[number][0] + ends[number][0])
        rows.append((float(answered[number]), best - none, placed))
    return rows


def _standard(values: Numbers) -> Numbers:
    spread = float(values.std()) or 1.0
    return np.asarray((values - values.mean()) / spread)
