"""The calibrated probability that the library holds the answer to a question.

A logistic model over four signals that a retrieval leaves behind. On SQuAD 2.0, "is this question
about anything in the library" is told by the match of the best sentence alone with AUROC 0.984;
whether the question's names are among what was found is the next best thing to know.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .fitted import Calibration
from .schema import Passage
from .terms import Keys

# Names are looked for in the first few passages: further down, anything can be found.
LOOKED_AT = 3


@dataclass(frozen=True, slots=True)
class Signals:
    """What a retrieval says of its own success."""

    best_sentence: float  # the match of the best sentence
    best_dense: float  # the best cosine of a passage
    names_missing: int  # names of the question that the first passages don't hold
    names_found: int  # names of the question that they do hold


def read_signals(question: str, passages: Sequence[Passage], keys: Keys) -> Signals:
    """The signals of a question and the passages, best first, found for it: at least one."""
    held = set[str]().union(*(keys.set_of(passage.text) for passage in passages[:LOOKED_AT]))
    names = keys.names(question)
    return Signals(
        best_sentence=max(s.score for passage in passages for s in passage.sentences),
        best_dense=max(passage.dense for passage in passages),
        names_missing=len(names - held),
        names_found=len(names & held),
    )


def probability(signals: Signals, calibration: Calibration) -> float:
    """The probability, 0 to 1, that the passages behind these signals hold the answer."""
    logit = (
        calibration.intercept
        + calibration.best_sentence * signals.best_sentence
        + calibration.best_dense * signals.best_dense
        + calibration.names_missing * signals.names_missing
        + calibration.names_found * signals.names_found
    )
    return 1.0 / (1.0 + math.exp(-logit))


def judge(
    question: str, passages: Sequence[Passage], keys: Keys, calibration: Calibration
) -> float:
    """How sure one can be, 0 to 1, that the passages hold the answer; 0 where there are none."""
    if not passages:
        return 0.0
    return probability(read_signals(question, passages, keys), calibration)
