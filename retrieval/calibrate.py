"""Fits the logistic model of confidence to questions that a library can, or can't, answer."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from .confidence import Signals

# What a question must not be answered for is set by hand; everything else is fitted.
FITTED = tuple(field.name for field in fields(Signals) if field.name != "tells_nothing")


def fit(signals: Sequence[Signals], answerable: Sequence[bool]) -> dict[str, float]:
    """The intercept and a coefficient for each signal, by maximum likelihood, lightly held back.

    The two sorts of question weigh the same, however many there are of each.
    """
    # Imported here: only calibrating needs it.
    from sklearn.linear_model import LogisticRegression

    rows = np.array([[getattr(signal, name) for name in FITTED] for signal in signals], dtype=float)
    model = LogisticRegression(C=100.0, class_weight="balanced", max_iter=10_000)
    model.fit(rows, list(answerable))
    values = [model.intercept_[0], *model.coef_[0]]
    return {
        name: round(float(value), 2)
        for name, value in zip(("intercept", *FITTED), values, strict=True)
    }
