"""Confidence fitted anew to an operator's own questions, and what that is worth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .confidence import probability
from .errors import FootnoteError
from .evaluate import Plan
from .figures import auroc
from .fit import Sample, cross_validated, fit
from .fitted import Calibration
from .golden import Golden, Kind
from .library import Library

STEPS = 10_000  # of a threshold: four digits
NEEDED = 20  # questions of each sort: with fewer, one of them moves the threshold too far


def to_gather(planned: Plan) -> list[Golden]:
    """The questions of a plan that confidence is fitted to: answerable, and on what is absent.

    SQuAD's tricks are left out: nothing that confidence looks at tells them apart.
    """
    answerable = planned.controls or [g for g in planned.cases if g.kind is Kind.ANSWERABLE]
    return [*answerable, *(golden for golden in planned.cases if golden.kind is Kind.ABSENT)]


def gather(library: Library, golden: Sequence[Golden], asked: Callable[[], None]) -> list[Sample]:
    """The samples that some questions leave, each put to the library it names."""
    samples = []
    for one in golden:
        signals = library.signals(one.question, [one.library])
        asked()
        if signals is not None:
            samples.append(Sample(signals, one.kind is Kind.ANSWERABLE, one.place))
    return samples


@dataclass(frozen=True, slots=True)
class Standing:
    """How well some numbers tell questions apart: the shares are those answered of each sort."""

    auroc: float
    threshold: float
    answered: float
    false_answers: float


@dataclass(frozen=True, slots=True)
class Refit:
    """Confidence fitted anew, and how it stands beside the numbers that were in force.

    `after` is by cross-validation: every question is judged by numbers fitted without it.
    """

    calibration: Calibration
    before: Standing
    after: Standing


def refit(
    samples: Sequence[Sample],
    base: Calibration,
    before: Calibration,
    false_share: float,
    data: str,
) -> Refit:
    """Confidence fitted to samples of both sorts, at least NEEDED of each, setting out from `base`.

    `before` is what was in force. The threshold is the lowest at which at most `false_share` of
    the unanswerable are answered. Raises FootnoteError where there are too few samples, saying
    what is missing.
    """
    _check_enough(samples)
    judged = cross_validated(samples, base)
    outside = [p for sample, p in zip(samples, judged, strict=True) if not sample.answerable]
    threshold = lowest_threshold(outside, false_share)
    earlier = [probability(sample.signals, before) for sample in samples]
    return Refit(
        replace(fit(samples, base), threshold=threshold, data=data, date=date.today()),
        _standing(samples, earlier, before.threshold),
        _standing(samples, judged, threshold),
    )


def _check_enough(samples: Sequence[Sample]) -> None:
    answerable = sum(sample.answerable for sample in samples)
    others = len(samples) - answerable
    missing = [
        f"{NEEDED - count} more {sort}"
        for count, sort in ((answerable, "with an answer"), (others, "to abstain on"))
        if count < NEEDED
    ]
    if missing:
        raise FootnoteError(
            f"There are {answerable} questions with an answer and {others} to abstain on, and "
            f"{NEEDED} of each are needed. Add {' and '.join(missing)}."
        )


def _standing(samples: Sequence[Sample], judged: Sequence[float], threshold: float) -> Standing:
    pairs = list(zip(samples, judged, strict=True))
    inside = [probability for sample, probability in pairs if sample.answerable]
    outside = [probability for sample, probability in pairs if not sample.answerable]
    answered, false = (sum(p >= threshold for p in sort) / len(sort) for sort in (inside, outside))
    area = auroc(inside, outside)
    assert area is not None  # there are some of both sorts
    return Standing(area, threshold, answered, false)


def lowest_threshold(outside: Sequence[float], false_share: float) -> float:
    """The lowest threshold, to four digits, that lets at most `false_share` of them be answered."""
    allowed = int(false_share * len(outside) + 1e-9)
    refused = sorted(outside, reverse=True)[allowed:]
    # What is as probable as the threshold is answered, so it must lie above the first of these.
    steps = int(refused[0] * STEPS) if refused else 0
    while refused and steps < STEPS and steps / STEPS <= refused[0]:
        steps += 1
    return steps / STEPS
