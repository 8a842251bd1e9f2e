"""Measure outcomes: passages found, answers quoted, and questions abstained on.

Ranking is measured by `ir-measures`. A question has one gold place, so that its only relevant
passage is the first that holds the evidence: nDCG is that of a known item, 1 / log2(1 + rank).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

import numpy as np

from .golden import Kind, Outcome
from .run import Evaluation

DEPTH = 5  # passages that a question is answered from
HITS = (1, 3, 5)
FALSE_ANSWERS = (1, 2, 5, 10)  # per cent of the absent questions answered


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `name` has a dot for each level of the JSON; None where nothing can be measured.

    A `share` lies between 0 and 1, and more of it is better.
    """

    name: str
    label: str
    value: float | None
    unit: Literal["share", "count", "characters", "ms", "a second"] = "share"


def measure(evaluation: Evaluation) -> tuple[Figure, ...]:
    """All figures of an evaluation, in the order in which they are read."""
    return tuple(_figures(evaluation))


def every_figure() -> tuple[Figure, ...]:
    """Each figure that there can be, with nothing measured."""
    return tuple(_figures(Evaluation(()), tricks_too=True))


def _figures(evaluation: Evaluation, tricks_too: bool = False) -> Iterator[Figure]:
    answerable = evaluation.of(Kind.ANSWERABLE)
    absent, tricks = evaluation.of(Kind.ABSENT), evaluation.of(Kind.TRICK)
    # With controls, the absent ones are not questions of the file, but made of its answerable ones.
    asked = len(answerable) + len(tricks) + (0 if evaluation.controls else len(absent))
    yield Figure("questions", "questions", asked, "count")
    yield Figure("answerable", "of them answerable", len(answerable), "count")
    yield from _ranking(answerable)
    yield from _quoting(answerable)
    yield from _abstaining(evaluation.held, absent)
    if tricks or tricks_too:
        yield from _tricks(answerable, tricks)
    yield from _speed(evaluation.outcomes)


def _ranking(answerable: Sequence[Outcome]) -> Iterator[Figure]:
    values = rank_measures([outcome.rank for outcome in answerable])
    for k in HITS:
        yield Figure(f"hit@{k}", f"hit@{k}", values.get(f"Success@{k}"))
    yield Figure("mrr", "MRR", values.get(f"RR@{DEPTH}"))
    yield Figure(f"ndcg@{DEPTH}", f"nDCG@{DEPTH}", values.get(f"nDCG@{DEPTH}"))


def rank_measures(ranks: Sequence[int | None]) -> dict[str, float]:
    """Success@1 to @5, RR@5 and nDCG@5, by the place of each question's gold passage."""
    # Imported here: only measuring needs it.
    import ir_measures
    from ir_measures import RR, Success, nDCG

    if not ranks:
        return {}
    measures = [*(Success @ k for k in range(1, DEPTH + 1)), RR @ DEPTH, nDCG @ DEPTH]
    gold = {str(number): {"gold": 1} for number in range(len(ranks))}
    found = {
        str(number): {"gold" if place == rank else f"other {place}": -float(place)
                      for place in range(1, DEPTH + 1)}
        for number, rank in enumerate(ranks)
    }  # fmt: skip
    values = ir_measures.calc_aggregate(measures, gold, found)
    return {str(measure): float(value) for measure, value in values.items()}


def _quoting(answerable: Sequence[Outcome]) -> Iterator[Figure]:
    answered = [outcome for outcome in answerable if outcome.answer.answered]
    yield Figure("answer_in_quote", "answer in the quotes", _share(o.quoted for o in answerable))
    quotable = _share(o.quotable for o in answerable)
    yield Figure("answer_in_quote_never_abstaining", "had it never abstained", quotable)
    named = [outcome for outcome in answered if outcome.golden.source]
    yield Figure("right_document", "right document cited", _share(o.well_cited for o in named))
    length = fmean(o.quoted_length for o in answered) if answered else None
    yield Figure("quoted_characters", "characters quoted, on average", length, "characters")


def _abstaining(held: Sequence[Outcome], absent: Sequence[Outcome]) -> Iterator[Figure]:
    abstained = [o for o in (*held, *absent) if not o.answer.answered]
    right = sum(o.golden.kind is Kind.ABSENT for o in abstained)
    precision = right / len(abstained) if abstained and absent else None
    recall = right / len(absent) if absent else None
    inside, outside = confidences(held), confidences(absent)
    yield Figure("abstention.questions", "questions on what is absent", len(absent), "count")
    yield Figure("abstention.precision", "abstentions that were right", precision)
    yield Figure("abstention.recall", "absent ones abstained on", recall)
    yield Figure("abstention.auroc", "AUROC of confidence", auroc(inside, outside))
    for percent in FALSE_ANSWERS:
        share = answered_share(inside, outside, percent / 100)
        label = f"answered at {percent}% false answers"
        yield Figure(f"abstention.answered_at_{percent}%", label, share)


def _tricks(answerable: Sequence[Outcome], tricks: Sequence[Outcome]) -> Iterator[Figure]:
    refused = _share(not outcome.answer.answered for outcome in tricks)
    area = auroc(confidences(answerable), confidences(tricks))
    yield Figure("unanswerable.questions", "SQuAD's unanswerable ones", len(tricks), "count")
    yield Figure("unanswerable.recall", "of them abstained on", refused)
    yield Figure("unanswerable.auroc", "AUROC of confidence on them", area)


def _speed(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    times = [outcome.answer.elapsed_ms for outcome in outcomes]
    p50, p95 = np.percentile(times, [50, 95]).tolist() if times else (None, None)
    yield Figure("ask_ms.p50", "ask, median", p50, "ms")
    yield Figure("ask_ms.p95", "ask, 95th percentile", p95, "ms")
    rate = 1000 / fmean(times) if any(times) else None
    yield Figure("questions_a_second", "questions a second, one by one", rate, "a second")


def confidences(outcomes: Sequence[Outcome]) -> list[float]:
    """The confidence of each answer."""
    return [outcome.answer.confidence for outcome in outcomes]


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """The area under the ROC curve of confidences: the chance that a question whose answer is in
    the library is given more of it than one whose answer is not. None where one sort is missing."""
    # Imported here: a second's work that no answer needs.
    from sklearn.metrics import roc_auc_score

    if not inside or not outside:
        return None
    truth = [1] * len(inside) + [0] * len(outside)
    return float(roc_auc_score(truth, [*inside, *outside]))


def answered_share(
    inside: Sequence[float], outside: Sequence[float], false_share: float
) -> float | None:
    """The share of `inside` still answered at the threshold that answers `false_share` of
    `outside`. None where one sort is missing."""
    if not inside or not outside:
        return None
    threshold = np.quantile(outside, 1.0 - false_share)
    return float(np.mean(np.asarray(inside) > threshold))


def _share(values: Iterator[bool]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None
