"""Fit the logistic model of confidence.

An operator has dozens of questions, not thousands. So the fit starts from the numbers in force
and departs from them only as far as the questions bear it out: the most probable coefficients
under a normal prior around those (maximum a posteriori; Bishop 2006, section 4.5).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.confidence import Signals, probability
from retrieval.errors import FootnoteError
from retrieval.weights.fitted import Calibration

# What a question must not be answered for is set by hand; everything else is fitted.
SIGNALS = tuple(field.name for field in fields(Signals) if field.name != "tells_nothing")
FITTED = ("intercept", *SIGNALS)
FOLDS = 5
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A question put to a library: its signals, and whether the library holds the answer.

    No sample is judged by numbers fitted to others of its `group`.
    """

    signals: Signals
    answerable: bool
    group: str


def fit(samples: Sequence[Sample], base: Calibration, spread: float | None = None) -> Calibration:
    """The base with the coefficients most probable for some samples of both sorts.

    The prior is normal around the base's own, each with a standard deviation of its own size (at
    least one); or, with `spread`, around zero with that standard deviation for all. Both sorts of
    sample weigh the same, however many there are of each.
    """
    # Imported here: only calibrating needs it.
    from scipy.optimize import minimize
    from scipy.special import expit

    rows, truth, weights = _matrix(samples)
    own = np.array([getattr(base, name) for name in FITTED])
    centre = own if spread is None else np.zeros_like(own)
    width = np.maximum(np.abs(own), 1.0) if spread is None else np.full_like(own, spread)

    def loss(numbers: Numbers) -> tuple[float, Numbers]:
        logits = rows @ numbers
        away = (numbers - centre) / width
        errors = weights * (expit(logits) - truth)
        likelihood = weights @ (np.logaddexp(0.0, logits) - truth * logits)
        return float(likelihood + away @ away / 2), rows.T @ errors + away / width

    found = minimize(loss, own, jac=True, method="L-BFGS-B").x
    named = dict(zip(FITTED, np.round(found, 4).tolist(), strict=True))
    return replace(base, **named)


def _matrix(samples: Sequence[Sample]) -> tuple[Numbers, Numbers, Numbers]:
    """The signals (n, 1 + signals), a one before each; which are answerable; what each weighs."""
    values = [[1.0, *(getattr(s.signals, name) for name in SIGNALS)] for s in samples]
    truth = np.array([sample.answerable for sample in samples], dtype=float)
    of_its_sort = np.where(truth == 1, truth.sum(), len(truth) - truth.sum())
    return np.array(values, dtype=float), truth, len(truth) / 2 / of_its_sort


def cross_validated(samples: Sequence[Sample], base: Calibration) -> list[float]:
    """The probability of each sample by numbers fitted to the folds that it is not in.

    Raises FootnoteError where all are of one group: there is nothing else to fit to.
    """
    # Imported here: only calibrating needs it.
    from sklearn.model_selection import StratifiedGroupKFold

    truth, groups = [s.answerable for s in samples], [s.group for s in samples]
    if len(set(groups)) == 1:
        raise FootnoteError(
            f"All questions are about one document ({groups[0]}), and none can be judged without "
            "it. Add questions about another."
        )
    folds = StratifiedGroupKFold(min(FOLDS, len(set(groups))))
    judged = dict[int, float]()
    for others, fold in folds.split(truth, truth, groups):
        numbers = fit([samples[position] for position in others], base)
        judged |= {int(i): probability(samples[i].signals, numbers) for i in fold}
    return [judged[position] for position in range(len(samples))]
