"""Fit confidence to an operator's own questions, and say what that is worth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from retrieval.answer.confidence import probability
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.weights.fitted import Calibration

from .figures import auroc
from .fit import Sample, cross_validated, fit
from .golden import Golden, Kind
from .run import Plan

# The share of the answerable questions that a fit may give up on unasked.
MOST_LOST = 0.1
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
    """The worth of some numbers at telling questions apart: the shares answered of each sort."""

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

    @property
    def loses_answers(self) -> bool:
        """True where more than a tenth of the answerable questions would lose their answers."""
        return self.before.answered - self.after.answered > MOST_LOST + 1e-9


def refit(
    samples: Sequence[Sample],
    base: Calibration,
    before: Calibration,
    false_share: float,
    data: str,
) -> Refit:
    """Confidence fitted to samples of both sorts, at least NEEDED of each, setting out from `base`.

    `before` is what was in force. The threshold is `best_threshold`, each sample judged by numbers
    fitted without it. Raises FootnoteError where there are too few samples, saying what is missing.
    """
    check_enough([sample.answerable for sample in samples])
    judged = cross_validated(samples, base)
    threshold = best_threshold(*_by_sort(samples, judged), false_share)
    earlier = [probability(sample.signals, before) for sample in samples]
    return Refit(
        replace(fit(samples, base), threshold=threshold, data=data, date=date.today()),
        _standing(samples, earlier, before.threshold),
        _standing(samples, judged, threshold),
    )


def check_enough(answerable_ones: Sequence[bool]) -> None:
    """Raise FootnoteError, saying what is missing, where there are too few of either sort."""
    answerable = sum(answerable_ones)
    others = len(answerable_ones) - answerable
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
    inside, outside = _by_sort(samples, judged)
    answered, false_answers = (_share_from(sort, threshold) for sort in (inside, outside))
    area = auroc(inside, outside)
    assert area is not None  # there are some of both sorts
    return Standing(area, threshold, answered, false_answers)


def _by_sort(samples: Sequence[Sample], judged: Sequence[float]) -> tuple[list[float], list[float]]:
    """The probabilities of the answerable ones, and those of the others."""
    pairs = list(zip(samples, judged, strict=True))
    inside = [probability for sample, probability in pairs if sample.answerable]
    return inside, [probability for sample, probability in pairs if not sample.answerable]


def best_threshold(inside: Sequence[float], outside: Sequence[float], false_share: float) -> float:
    """The threshold at which the answered share of `inside` exceeds that of `outside` by most
    (Youden 1950), of `outside` at most `false_share`; in the middle of the widest gap between two
    probabilities that does so. 1 where no threshold does."""
    gaps = list(pairwise(sorted({0.0, *inside, *outside, 1.0})))

    def lead(gap: tuple[float, float]) -> tuple[float, float]:
        return _share_from(inside, gap[1]) - _share_from(outside, gap[1]), gap[1] - gap[0]

    allowed = [gap for gap in gaps if _share_from(outside, gap[1]) <= false_share + 1e-9]
    below, above = max(allowed, key=lead, default=(1.0, 1.0))
    middle = (below + above) / 2
    return middle if middle > below else above


def _share_from(probabilities: Sequence[float], threshold: float) -> float:
    return sum(p >= threshold for p in probabilities) / len(probabilities)
